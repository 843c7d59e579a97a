import { KeyFault } from './errors.ts';

/** The part of a terminal that reading without echo needs; `tty.ReadStream` has it. */
export interface TerminalInput {
  setRawMode(isRaw: boolean): unknown;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'end' | 'error', listener: () => void): unknown;
  removeAllListeners(event: 'data' | 'end' | 'error'): unknown;
  resume(): unknown;
  pause(): unknown;
}

export interface TerminalOutput {
  write(text: string): unknown;
}

/** Ends from elsewhere: whoever sits there would type unseen from then on. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Longest line that is taken; more keys are ignored. */
const HIDDEN_BYTES_MAX = 1_024;

const key = {
  interrupt: 0x03,
  endOfInput: 0x04,
  backspace: 0x08,
  newline: 0x0a,
  enter: 0x0d,
  clear: 0x15,
  escape: 0x1b,
  rubout: 0x7f,
};

/**
 * Asks for one line at a terminal without showing it, and returns its bytes; the caller zeroes them.
 *
 * The bytes never become a string: every string stays in memory until some later collection. Enter ends the line,
 * backspace takes back one character, Ctrl-U all of them; arrow and function keys are ignored. Throws
 * `passphrase-interrupted` on Ctrl-C, Ctrl-D, a terminal that goes away, and where the process is to end. Whatever
 * happens the terminal is given back as it was.
 */
export async function readHidden(
  input: TerminalInput,
  output: TerminalOutput,
  prompt: string,
): Promise<Uint8Array> {
  const line = new HiddenLine();
  let interrupted = (): void => undefined;
  const ended = (): void => {
    interrupted();
  };
  // Whoever types as soon as the question stands there is not to see it echoed.
  input.setRawMode(true);
  try {
    for (const signal of endings) process.on(signal, ended);
    output.write(prompt);
    await new Promise<void>((resolve, reject) => {
      interrupted = () => {
        reject(new KeyFault('passphrase-interrupted'));
      };
      input.on('end', interrupted);
      input.on('error', interrupted);
      input.on('data', (chunk) => {
        const end = line.take(chunk);
        chunk.fill(0);
        if (end === 'done') resolve();
        if (end === 'interrupted') interrupted();
      });
      input.resume();
    });
    return line.content();
  } finally {
    line.wipe();
    input.pause();
    for (const event of ['data', 'end', 'error'] as const) input.removeAllListeners(event);
    input.setRawMode(false);
    for (const signal of endings) process.off(signal, ended);
    output.write('\n');
  }
}

class HiddenLine {
  readonly #bytes = new Uint8Array(HIDDEN_BYTES_MAX);
  #length = 0;
  #isDone = false;

  /** Takes what one read of the terminal brought; bytes after the end of the line are dropped. */
  take(chunk: Uint8Array): 'more' | 'done' | 'interrupted' {
    // More may arrive before the reader of the line gets its turn.
    if (this.#isDone) return 'done';
    // A terminal sends an arrow or function key as one chunk that starts with escape.
    if (chunk[0] === key.escape) return 'more';
    for (const byte of chunk) {
      this.#isDone = byte === key.enter || byte === key.newline;
      if (this.#isDone) return 'done';
      if (byte === key.interrupt || byte === key.endOfInput) return 'interrupted';
      if (byte === key.backspace || byte === key.rubout) this.#takeBack();
      else if (byte === key.clear) this.wipe();
      else if (byte >= 0x20 && this.#length < HIDDEN_BYTES_MAX) this.#bytes[this.#length++] = byte;
    }
    return 'more';
  }

  content(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  wipe(): void {
    this.#bytes.fill(0);
    this.#length = 0;
  }

  /** One character may be up to four bytes; all but its first are 10xxxxxx (RFC 3629 §3). */
  #takeBack(): void {
    while (this.#length > 0) {
      this.#length -= 1;
      const byte = this.#bytes[this.#length]!;
      this.#bytes[this.#length] = 0;
      if ((byte & 0xc0) !== 0x80) return;
    }
  }
}
