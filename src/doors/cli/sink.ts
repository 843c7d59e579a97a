import { scrub } from '../../domain/cards/scrubber.ts';
import { styleSequences } from './colour.ts';
import type { Look } from './colour.ts';
import { exitStatus } from './exit-status.ts';
import type { ExitStatus } from './exit-status.ts';
import { showForeign } from './foreign-text.ts';
import type { Language } from './language.ts';

/** The part of a stream that the sink needs; a test gives its own. */
export interface SinkStream {
  readonly isTTY?: boolean;
  write(text: string): boolean;
  once(event: 'drain', listener: () => void): unknown;
}

export interface SinkOptions {
  readonly stdout: SinkStream;
  readonly stderr: SinkStream;
  /** Look of each stream: they are judged apart, one of them is often a pipe. */
  readonly result: Look;
  readonly talk: Look;
  readonly language: Language;
}

const alarms: Readonly<Record<Language, string>> = {
  en: 'mimamori: a card number was about to be printed; it was removed: this is a bug, please report it',
  ja: 'mimamori: カード番号が出力されるところでした。該当部分は取り除きました。不具合ですので報告してください',
};

/**
 * The only place of this door that writes to standard output and standard error.
 *
 * Every line passes the scrubber; a hit is replaced, told on standard error, and spoils the exit status, because a card
 * number that became text is a bug. Control characters and direction overrides are shown as numbers instead of obeyed.
 */
export class Sink {
  readonly #options: SinkOptions;
  #hits = 0;
  #isStatusShown = false;
  #blocked: Promise<void> | undefined;

  constructor(options: SinkOptions) {
    this.#options = options;
  }

  /** Card-like runs removed so far. */
  get hits(): number {
    return this.#hits;
  }

  /** Whether progress may be drawn. */
  get canShowStatus(): boolean {
    return this.#options.stderr.isTTY === true;
  }

  /** Lines of the result, to standard output. */
  result(lines: readonly string[]): void {
    this.#write(this.#options.stdout, lines, this.#options.result);
  }

  /** Talk about the work, to standard error. */
  talk(lines: readonly string[]): void {
    this.#write(this.#options.stderr, lines, this.#options.talk);
  }

  /** One JSON document, alone on standard output. */
  document(value: unknown): void {
    const { text, hits } = scrub(JSON.stringify(value));
    this.#clearStatus();
    this.#put(this.#options.stdout, `${asciiControls(text)}\n`);
    this.#alarm(hits);
  }

  /**
   * A text that is the product itself and is passed on as it is: a public key, a signed note. Scrubbed, not escaped.
   */
  artifact(text: string): void {
    const clean = scrub(text);
    this.#clearStatus();
    this.#put(this.#options.stdout, clean.text.endsWith('\n') ? clean.text : `${clean.text}\n`);
    this.#alarm(clean.hits);
  }

  /** Draws the progress line over the last one; silent where standard error is no terminal. */
  status(line: string): void {
    if (!this.canShowStatus) return;
    const { text, hits } = this.#clean(line, this.#options.talk);
    this.#put(this.#options.stderr, `\r${text}\u001B[K`);
    this.#isStatusShown = true;
    this.#alarm(hits);
  }

  /** Removes the progress line. */
  endStatus(): void {
    this.#clearStatus();
  }

  /** Resolves when a slow reader has caught up. To be awaited between the pages of a long listing. */
  async drained(): Promise<void> {
    await this.#blocked;
  }

  /** The status to leave with: 0 becomes 70 when anything had to be removed. */
  finalStatus(status: ExitStatus): ExitStatus {
    return status === exitStatus.done && this.#hits > 0 ? exitStatus.internal : status;
  }

  #write(stream: SinkStream, lines: readonly string[], look: Look): void {
    if (lines.length === 0) return;
    let hits = 0;
    let text = '';
    for (const line of lines) {
      const clean = this.#clean(line, look);
      hits += clean.hits;
      text += `${clean.text}\n`;
    }
    this.#clearStatus();
    this.#put(stream, text);
    this.#alarm(hits);
  }

  /**
   * Styles are taken out before scrubbing: `[32m` in the middle of a number would hide it from the scrubber. A line
   * with a hit loses its styles for good.
   */
  #clean(line: string, look: Look): { text: string; hits: number } {
    const pieces = line.split(stylePattern);
    const bare = pieces.filter((piece) => !styleSequences.includes(piece)).join('');
    const clean = scrub(bare);
    if (clean.hits > 0) return { text: showForeign(clean.text), hits: clean.hits };
    const text = pieces
      .map((piece) => {
        if (!styleSequences.includes(piece)) return showForeign(piece);
        return look.colour ? piece : '';
      })
      .join('');
    return { text, hits: 0 };
  }

  #put(stream: SinkStream, text: string): void {
    if (stream.write(text) || this.#blocked !== undefined) return;
    this.#blocked = new Promise((resolve) => {
      stream.once('drain', () => {
        this.#blocked = undefined;
        resolve();
      });
    });
  }

  #clearStatus(): void {
    if (!this.#isStatusShown) return;
    this.#isStatusShown = false;
    this.#put(this.#options.stderr, '\r\u001B[K');
  }

  #alarm(hits: number): void {
    if (hits === 0) return;
    const isFirst = this.#hits === 0;
    this.#hits += hits;
    // Once: a listing with a thousand hits has one bug, and its alarm must stay findable.
    if (isFirst) this.#put(this.#options.stderr, `${alarms[this.#options.language]}\n`);
  }
}

const stylePattern = new RegExp(
  `(${styleSequences.map((sequence) => sequence.replace('[', '\\[')).join('|')})`,
);

/** JSON leaves C1 controls and direction overrides as they are; as escapes they mean the same and do nothing. */
function asciiControls(json: string): string {
  return json.replace(
    /[\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
