import { brands } from '../../../domain/cards/brands.ts';
import type { LetterWords } from '../../../exchange/waivers/letter-facts.ts';
import type { AnnexWords } from '../../../exchange/waivers/write-annex.ts';
import type { SealedFor, WrittenLetter } from '../../../exchange/waivers/write-letter.ts';
import { dayIn, figure, fingerprintGroups, shortDigest, sizeIn } from '../figures.ts';
import { issuerWord, showForeign } from '../foreign-text.ts';
import type { Language } from '../language.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { waiverLetterWords as en } from '../words/en/waiver-letter.ts';
import type { WaiverLetterWords } from '../words/en/waiver-letter.ts';
import { waiverLetterWords as ja } from '../words/ja/waiver-letter.ts';
import { nextLines } from './next-lines.ts';
import type { NextStep } from './next-lines.ts';
import { issuerName } from './readiness-sources.ts';
import { brandName } from './review-screen.ts';

const words = { en, ja };

/** The folder that was written: for whom, what is in it and what is not, and what follows. */
export function waiverLetterScreen(made: WrittenLetter, folder: string, view: View): string[] {
  const say = words[view.language];
  const files = made.files.map(({ name, bytes, sha256 }) => [
    name,
    sizeIn(bytes, view.language),
    shortDigest(sha256),
  ]);
  const issuer = issuerName(made.issuer, view);
  const { sealed } = made;
  return [
    ...hang('', say.written(showForeign(folder), issuer, made.cards)),
    ...(sealed === undefined ? [] : hang('', say.sealed(...sealedFor(sealed)))),
    ...hang('', sealed === undefined ? say.means : say.sealedMeans),
    ...(made.blanks.length === 0 ? [] : hang('', say.blanks(made.blanks.join(', ')))),
    ...(lacksTerms(made) ? hang('', say.blankTerms) : []),
    ...(made.notLeft === 0 ? [] : hang('', say.notLeft(made.notLeft))),
    '',
    ...table([{}, { align: 'right' }, {}], files, view, 2),
    '',
    ...nextLines(
      [
        ...sendSteps(made, say),
        requestOf(made, say),
        {
          command: say.except(made.incident, issuerWord(made.issuer)),
          label: say.exceptLabel,
        },
      ],
      view,
    ),
  ];
}

/** A company that has answered is not asked once more. */
function requestOf({ incident, issuer, request }: WrittenLetter, say: WaiverLetterWords): NextStep {
  if (request === 'none') {
    return { command: `mimamori waiver show ${incident}`, label: say.answeredLabel };
  }
  const why = request === 'with-reason' ? ` --reason "${say.why}"` : '';
  return {
    command: `${say.request(incident, issuerWord(issuer))}${why}`,
    label: say.requestLabel,
  };
}

/** What was asked for can be told still. */
function lacksTerms({ blanks, request }: WrittenLetter): boolean {
  return request !== 'none' && blanks.includes('requested_terms');
}

function sealedFor({ recipient, certificate }: SealedFor): [string, string] {
  return [recipient, fingerprintGroups(certificate)];
}

/** What to do with sealed files, and how whoever gets them opens the first. */
function sendSteps({ files, sealed }: WrittenLetter, say: WaiverLetterWords): string[] {
  const [file] = files;
  const [content] = sealed?.contents ?? [];
  if (file === undefined || content === undefined) return [];
  return [say.send(content.name, file.name)];
}

/** How a letter says facts, with days as they are in the incident's zone. */
export function letterWordsIn(language: Language, zone: string): LetterWords {
  const say = words[language];
  const day = (at: Date): string => say.day(dayIn(at, zone));
  return {
    ...{ blank: say.blank, drill: say.drill, separator: say.separator, day },
    count: figure,
    window: say.window,
    brand: (place, cards) => say.brand(brandAt(place, language), figure(cards)),
    list: ({ batch, recipient, at }) => say.list(batch, recipient, day(at)),
    more: (n) => say.more(figure(n)),
  };
}

/** Titles and brands of the annex, in both languages at once: letters in both go with it, whoever wrote them. */
export const annexWords: AnnexWords = {
  heading: en.annexHeading.map((title, at) => inBoth(title, ja.annexHeading[at]!)),
  brand: (place) => inBoth(brandAt(place, 'en'), brandAt(place, 'ja')),
};

function inBoth(english: string, japanese: string): string {
  return english === japanese ? english : `${english} / ${japanese}`;
}

function brandAt(place: number, language: Language): string {
  return brandName(brands[place]?.id ?? 'unknown', language);
}
