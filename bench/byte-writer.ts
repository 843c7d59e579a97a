import { closeSync, openSync, writeSync } from 'node:fs';

const chunkBytes = 1_048_576;

/** Writes a file by the mebibyte. Memory: one chunk, whatever the file's size. */
export class ByteWriter {
  readonly #file: number;
  readonly #chunk = new Uint8Array(chunkBytes);
  #filled = 0;

  /** Opens `path`, replacing what stands there. */
  constructor(path: string) {
    this.#file = openSync(path, 'w', 0o600);
  }

  /** Less than a chunk at a time. */
  put(bytes: Uint8Array): void {
    if (this.#filled + bytes.length > chunkBytes) this.#flush();
    this.#chunk.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  /** ASCII only. */
  putText(text: string): void {
    if (this.#filled + text.length > chunkBytes) this.#flush();
    for (let at = 0; at < text.length; at++) this.#chunk[this.#filled++] = text.charCodeAt(at);
  }

  end(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    for (let at = 0; at < this.#filled;) {
      at += writeSync(this.#file, this.#chunk, at, this.#filled - at);
    }
    this.#filled = 0;
  }
}
