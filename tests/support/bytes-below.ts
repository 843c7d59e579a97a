import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What stands in all files below a folder, one after another. */
export function bytesBelow(folder: string): Buffer {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))));
}
