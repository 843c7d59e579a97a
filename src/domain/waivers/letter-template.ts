import { scrub } from '../cards/scrubber.ts';
import { WaiversFault } from './errors.ts';
import { letterFields } from './letter-fields.ts';
import type { LetterField } from './letter-fields.ts';

/** What is known; what is not is left out and stays a blank that a person sees. Some have several lines. */
export type LetterFacts = Readonly<Partial<Record<LetterField, string>>>;

/** Pages enough, and no book. */
export const TEMPLATE_BYTES_MAX = 64 * 1024;

const placeholder = /\{\{([^{}]*)\}\}/g;
const controls = /[\p{Cc}\p{Cf}]/u;

/** A letter in which the facts are missing. */
export class LetterTemplate {
  readonly #lines: readonly string[];
  readonly #file: string;

  private constructor(lines: readonly string[], file: string) {
    this.#lines = lines;
    this.#file = file;
  }

  /**
   * Takes UTF-8 text, `TEMPLATE_BYTES_MAX` bytes at most, with known placeholders only. `file` names it.
   *
   * Throws `letter-template`: `problem` is charset, placeholder (`found`), braces, control or card-number.
   */
  static parse(bytes: Uint8Array, file: string): LetterTemplate {
    const refuse = (problem: string, facts: { line?: number; found?: string } = {}): never => {
      throw new WaiversFault('letter-template', { file, problem, ...facts });
    };
    const text = decoded(bytes);
    if (text === undefined) return refuse('charset');
    if (scrub(text.normalize('NFKC')).hits > 0) refuse('card-number');
    const lines = text.replaceAll('\r\n', '\n').split('\n');
    for (const [place, content] of lines.entries()) {
      const line = place + 1;
      for (const [, name = ''] of content.matchAll(placeholder)) {
        if (!isField(name.trim())) refuse('placeholder', { line, found: name.trim().slice(0, 60) });
      }
      if (/\{\{|\}\}/.test(content.replaceAll(placeholder, ''))) refuse('braces', { line });
      if (controls.test(content.replaceAll('\t', ''))) refuse('control', { line });
    }
    return new LetterTemplate(lines, file);
  }

  /** Fields for which it has a place and the facts have nothing. */
  lacking(facts: LetterFacts): readonly LetterField[] {
    const named = new Set(
      [...this.#lines.join('\n').matchAll(placeholder)].map(([, name = '']) => name.trim()),
    );
    return letterFields.filter((field) => named.has(field) && facts[field] === undefined);
  }

  /**
   * The letter. What the facts lack stands as `blank`; a fact of several lines is set in as far as its placeholder. Facts
   * are not searched for placeholders, whoever wrote them.
   *
   * Throws `letter-template` with `problem` card-number: a template and a fact may each hold a part of one.
   */
  fill(facts: LetterFacts, blank: string): string {
    const letter = this.#lines
      .map((line) => {
        const indent = /^[ \t\u3000]*/.exec(line)![0];
        return line.replaceAll(placeholder, (_, name: string) =>
          shown(facts[name.trim() as LetterField] ?? blank, indent),
        );
      })
      .join('\n');
    if (scrub(letter.normalize('NFKC')).hits > 0) {
      throw new WaiversFault('letter-template', { file: this.#file, problem: 'card-number' });
    }
    return letter;
  }
}

function shown(fact: string, indent: string): string {
  return fact
    .split('\n')
    .map((line) => line.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' '))
    .join(`\n${indent}`);
}

function isField(name: string): boolean {
  return letterFields.some((field) => field === name);
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
