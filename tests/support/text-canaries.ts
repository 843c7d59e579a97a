import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { encodeCp932 } from './cp932.ts';

/** Looks for texts of persons, as UTF-8, UTF-16, CP932, hexadecimal and base64. Answers with places, never the text. */
export class TextCanaries {
  readonly #needles: readonly Buffer[];

  constructor(texts: readonly string[]) {
    this.#needles = texts.flatMap((text) => {
      const utf8 = Buffer.from(text);
      const utf16 = Buffer.from(text, 'utf16le');
      return [
        ...[utf8, utf16, Buffer.from(utf16).swap16(), Buffer.from(encodeCp932(text))],
        Buffer.from(utf8.toString('hex')),
        // Without its last characters, which depend on what follows.
        Buffer.from(utf8.toString('base64').replace(/=+$/, '').slice(0, -1)),
      ];
    });
  }

  inBytes(bytes: Uint8Array, place: string): string[] {
    const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return this.#needles.some((needle) => haystack.includes(needle)) ? [place] : [];
  }

  inFolder(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const inName = this.inBytes(Buffer.from(path), `name of ${path}`);
      return entry.isFile() ? [...inName, ...this.inBytes(readFileSync(path), path)] : inName;
    });
  }
}
