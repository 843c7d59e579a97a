import { openSync, constants, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';

import { WorkspaceFault } from '../domain/workspace/errors.ts';
import type { PersonPrompts } from '../exchange/lookup/person-hasher.ts';
import { CardProcessFault } from './errors.ts';
import type { PersonLines } from './hash-person.ts';

/** Somewhat more than three lines can be of what is looked up. */
const inputBytesMax = 4_096;

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Asks for name, detail and last four digits at the controlling terminal, which this process opens itself. What is typed is
 * shown: a name in kanji cannot be typed unseen. The caller zeroes the lines. Throws `terminal-needed` where there is none,
 * `interrupted`.
 */
export async function askPersonAtTerminal(prompts: PersonPrompts): Promise<PersonLines> {
  let fd: number;
  let input: ReadStream;
  try {
    fd = openSync('/dev/tty', constants.O_RDWR | constants.O_NOCTTY);
    input = new ReadStream(fd);
  } catch (cause) {
    throw new WorkspaceFault('terminal-needed', { command: 'lookup person' }, cause);
  }
  try {
    const lines = new LineReader(input);
    const ask = async (prompt: string): Promise<Uint8Array> => {
      writeSync(fd, prompt);
      const line = await lines.next();
      if (line === undefined) throw new CardProcessFault('interrupted');
      return line;
    };
    return [await ask(prompts.name), await ask(prompts.detail), await ask(prompts.lastFour)];
  } finally {
    input.destroy();
  }
}

/** The same from a stream, a line each; what is missing at its end is empty. */
export async function readPersonLines(stream: AsyncIterable<Uint8Array>): Promise<PersonLines> {
  const lines = new LineReader(stream);
  const next = async (): Promise<Uint8Array> => (await lines.next()) ?? new Uint8Array(0);
  return [await next(), await next(), await next()];
}

/** Lines of a stream without their ends, LF or CRLF; what was taken out of it is zeroed. */
class LineReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #bytes = new Uint8Array(inputBytesMax);
  #length = 0;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** The next line; undefined behind the last. More than can be looked up is cut off, and too long then. */
  async next(): Promise<Uint8Array | undefined> {
    for (;;) {
      const end = this.#bytes.subarray(0, this.#length).indexOf(newline);
      if (end >= 0) return this.#take(end, end + 1);
      if (this.#length === this.#bytes.length) return this.#take(this.#length, this.#length);
      const next = await this.#chunks.next();
      if (next.done === true)
        return this.#length === 0 ? undefined : this.#take(this.#length, this.#length);
      const chunk = next.value;
      const fitting = chunk.subarray(0, this.#bytes.length - this.#length);
      this.#bytes.set(fitting, this.#length);
      this.#length += fitting.length;
      chunk.fill(0);
    }
  }

  #take(end: number, next: number): Uint8Array {
    const isCrLf = end > 0 && this.#bytes[end - 1] === carriageReturn;
    const line = this.#bytes.slice(0, isCrLf ? end - 1 : end);
    this.#bytes.copyWithin(0, next, this.#length);
    this.#length -= next;
    this.#bytes.fill(0, this.#length);
    return line;
  }
}
