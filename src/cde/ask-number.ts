import { openSync, constants, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';

import { WorkspaceFault } from '../domain/workspace/errors.ts';
import { readHidden } from '../edge/keys/hidden-input.ts';
import { isFault } from '../domain/fault.ts';
import { CardProcessFault } from './errors.ts';

/** Longer than any card number with spaces in it, and than a line that somebody pasted by mistake. */
const lineBytesMax = 1_024;

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Asks at the controlling terminal, which this process opens itself: the number is never in the main process, nor on the
 * screen. The caller zeroes the bytes. Throws `terminal-needed` where there is none, `interrupted`.
 */
export async function askAtTerminal(prompt: string): Promise<Uint8Array> {
  let fd: number;
  let input: ReadStream;
  try {
    fd = openSync('/dev/tty', constants.O_RDWR | constants.O_NOCTTY);
    input = new ReadStream(fd);
  } catch (cause) {
    throw new WorkspaceFault('terminal-needed', { command: 'lookup card' }, cause);
  }
  try {
    return await readHidden(input, { write: (text) => writeSync(fd, text) }, prompt);
  } catch (error) {
    if (isFault(error)) throw new CardProcessFault('interrupted', {}, error);
    throw error;
  } finally {
    input.destroy();
  }
}

/** The first line of a stream, without its end; the caller zeroes it. What is longer than a line can be is cut. */
export async function readFirstLine(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const line = new Uint8Array(lineBytesMax);
  let length = 0;
  for await (const chunk of stream) {
    const end = chunk.findIndex((byte) => byte === newline || byte === carriageReturn);
    const taken = chunk.subarray(0, end === -1 ? chunk.length : end);
    const fitting = taken.subarray(0, line.length - length);
    line.set(fitting, length);
    length += fitting.length;
    chunk.fill(0);
    if (end !== -1 || length === line.length) break;
  }
  const content = line.slice(0, length);
  line.fill(0);
  return content;
}
