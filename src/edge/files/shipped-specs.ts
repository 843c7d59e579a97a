import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The source specs that come with the program, `config/sources` beside `src` or `dist`. */
export const shippedSpecs = fileURLToPath(new URL('../../../config/sources', import.meta.url));

/** Copies them into a new workspace, where people may change them. */
export async function copySourceSpecs(workspace: string): Promise<void> {
  const directory = join(workspace, 'config/sources');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const names = (await readdir(shippedSpecs)).filter((name) => name.endsWith('.toml'));
  for (const name of names) {
    await copyFile(join(shippedSpecs, name), join(directory, name));
    // A copy keeps the mode of what was installed, which everybody may read.
    await chmod(join(directory, name), 0o600);
  }
}
