import { scrub } from '../../../domain/cards/scrubber.ts';
import { isFault } from '../../../domain/fault.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import type { Questions } from '../../../exchange/lookup/questions.ts';
import { paint } from '../colour.ts';
import { faultScreen } from '../fault-screen.ts';
import { hang, LINE_COLUMNS, widthOf } from '../layout.ts';
import type { Shell } from '../shell.ts';
import { dialogueWords as en } from '../words/en/dialogue.ts';
import type { DialogueWords } from '../words/en/dialogue.ts';
import { dialogueWords as ja } from '../words/ja/dialogue.ts';

const words = { en, ja };

/** What an answer has to be: its value, or what is wrong with it in words. */
export type Reading<T> = { readonly value: T } | { readonly wrong: string };

export interface TextQuestion<T> {
  readonly text: string;
  /** Taken for an empty answer, and shown. */
  readonly preset?: string;
  readonly files?: boolean;
  readonly read: (answer: string) => Reading<T>;
}

/** One thing to choose, and what it is chosen for. */
export interface Choice<T> {
  readonly text: string;
  readonly value: T;
}

/**
 * Asks a person in their language until the answer can be used. Return alone never agrees to anything, and an answer
 * with a card number in it is not taken: what is typed here goes into files and lists.
 */
export class Asking {
  readonly #questions: Questions;
  readonly #shell: Shell;

  constructor(questions: Questions, shell: Shell) {
    this.#questions = questions;
    this.#shell = shell;
  }

  get say(): DialogueWords {
    return words[this.#shell.language];
  }

  async text<T>(question: TextQuestion<T>): Promise<T> {
    const { preset } = question;
    const asked = preset === undefined ? question.text : this.say.withPreset(question.text, preset);
    for (;;) {
      const typed = await this.#line(asked, question.files === true);
      const answer = typed === '' ? (preset ?? '') : typed;
      const read: Reading<T> =
        scrub(answer.normalize('NFKC')).hits > 0
          ? { wrong: this.say.noCardNumbers }
          : question.read(answer);
      if ('value' in read) return read.value;
      this.#tell(read.wrong);
    }
  }

  /** A text that may be left out by an empty answer. */
  optional<T>(question: TextQuestion<T>): Promise<T | undefined> {
    return this.text<T | undefined>({
      ...question,
      text: this.say.orNone(question.text),
      read: (answer) => (answer === '' ? { value: undefined } : question.read(answer)),
    });
  }

  /** Only a written yes or no counts, and only one that was typed to this question. */
  async yes(text: string): Promise<boolean> {
    await this.#questions.dropTyped();
    return this.text({
      text: this.say.yesOrNo(text),
      read: (answer) => {
        const word = answer.normalize('NFKC').toLowerCase();
        if (['y', 'yes', 'はい'].includes(word)) return { value: true };
        if (['n', 'no', 'いいえ'].includes(word)) return { value: false };
        return { wrong: this.say.typeYesOrNo };
      },
    });
  }

  async choose<T>(text: string, choices: readonly Choice<T>[]): Promise<T> {
    this.#shell.print([
      '',
      ...hang('', text),
      ...choices.flatMap((choice, at) => hang(`  ${String(at + 1).padStart(2)}  `, choice.text)),
    ]);
    return this.text({
      text: this.say.number(choices.length),
      read: (answer) => {
        const chosen = choices[Number(answer.normalize('NFKC')) - 1];
        return chosen === undefined
          ? { wrong: this.say.typeNumber(choices.length) }
          : { value: chosen.value };
      },
    });
  }

  /** Ends the dialogue at the person's wish. */
  stop(): never {
    throw new WorkspaceFault('dialogue-interrupted');
  }

  /** Shows a refusal and goes on, unless the person stopped or it is no refusal at all. */
  showFault(error: unknown, sources: readonly string[] = []): void {
    if (!isFault(error) || stops.has(error.code)) throw error;
    const { sink, language, colour } = this.#shell;
    sink.talk(['', ...faultScreen(error, { language, colour }, { sources }), '']);
  }

  /** A prompt is one line; what does not fit beside it stands above. */
  async #line(text: string, files: boolean): Promise<string> {
    const { signal } = this.#shell;
    const isShort = widthOf(text) < LINE_COLUMNS - answerColumns;
    if (!isShort) this.#shell.print(hang('', text));
    const prompt = isShort ? `${text}: ` : '> ';
    return this.#questions.ask(prompt, { files, signal });
  }

  #tell(text: string): void {
    this.#shell.print(hang('  ', paint(text, 'warn', this.#shell)));
  }
}

const answerColumns = 20;
const stops = new Set(['dialogue-interrupted', 'passphrase-interrupted', 'interrupted']);
