import { digestOf } from '../../domain/handoff/plan.ts';
import type { Charset } from '../../domain/notices/charsets.ts';
import { letterFields } from '../../domain/waivers/letter-fields.ts';
import type { LetterField } from '../../domain/waivers/letter-fields.ts';
import { LetterTemplate, TEMPLATE_BYTES_MAX } from '../../domain/waivers/letter-template.ts';
import type { HandoffRegister } from '../handoff/handoff-register.ts';
import { letterFacts } from './letter-facts.ts';
import type { LetterSources, LetterWords } from './letter-facts.ts';
import type { LetterTarget } from './letter-sealer.ts';
import { letterLanguages } from './letter-templates.ts';
import type { LetterLanguage, LetterTemplates } from './letter-templates.ts';
import { writeAnnex } from './write-annex.ts';
import type { AnnexCards, AnnexWords } from './write-annex.ts';

/** A file, as it was written. */
export interface LetterFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** How everything is said. */
export interface ContentWords {
  readonly charset: Charset;
  readonly annexWords: AnnexWords;
  readonly words: Readonly<Record<LetterLanguage, LetterWords>>;
}

export type Templates = Readonly<Record<LetterLanguage, LetterTemplate>>;

/** Annex and letters. */
export interface LetterContents {
  /** Rows of the annex. */
  readonly cards: number;
  /** The annex, then the letters. */
  readonly files: readonly LetterFile[];
  /** What nobody told, so that it is a blank in one of the letters. */
  readonly blanks: readonly LetterField[];
}

/** Both before anything is written: half of a letter would be sent. Throws `letter-template`, as `LetterTemplates`. */
export async function readTemplates(source: LetterTemplates): Promise<Templates> {
  const read = async (language: LetterLanguage): Promise<LetterTemplate> => {
    const { bytes, file } = await source.read(language, TEMPLATE_BYTES_MAX);
    return LetterTemplate.parse(bytes, file);
  };
  return { ja: await read('ja'), en: await read('en') };
}

/**
 * Writes the annex and a letter in each language, which say its digest. What a drill writes is marked TEST.
 *
 * Throws `letter-template`, `charset-lacks`, and what writing into `target` throws.
 */
export async function writeContents(
  handoffs: Pick<HandoffRegister, 'cardPages'>,
  target: LetterTarget,
  given: {
    readonly mode: 'live' | 'drill';
    readonly cards: AnnexCards;
    readonly templates: Templates;
    readonly sources: Omit<LetterSources, 'annex'>;
  },
  { charset, annexWords, words }: ContentWords,
): Promise<LetterContents> {
  const prefix = given.mode === 'drill' ? 'TEST-' : '';
  const annexName = `${prefix}waiver-cards.csv`;
  const annex = await writeAnnex(handoffs, target, annexName, given.cards, {
    ...{ charset, words: annexWords },
  });
  const { rows: cards, bytes, sha256 } = annex;
  const files: LetterFile[] = [{ name: annexName, bytes, sha256 }];
  const lacking = new Set<LetterField>();
  for (const language of letterLanguages) {
    const say = words[language];
    const template = given.templates[language];
    const facts = letterFacts({ ...given.sources, annex }, say);
    for (const field of template.lacking(facts)) lacking.add(field);
    const body = template.fill(facts, say.blank);
    const text = new TextEncoder().encode(prefix === '' ? body : `${say.drill}\n\n${body}`);
    const name = `${prefix}waiver-letter.${language}.txt`;
    await target.write(name, [text]);
    files.push({ name, bytes: text.length, sha256: digestOf(text) });
  }
  return { cards, files, blanks: letterFields.filter((field) => lacking.has(field)) };
}
