import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { dottedName, filesUnder, placesWhere, visitText } from '../support/source-tree.ts';

/** Functions that turn a packed card number into digits or read one of its digits, and what they do with it. */
const digitReaders = {
  'src/cde/seal-batches.ts#issuerOf': 'truncates for the sample shown in the review',
  'src/cde/seal-test.ts#candidates': 'asks which brand a published test number is of',
  'src/cde/seal-test.ts#fourOf': 'takes the last four digits of a published test number',
  'src/domain/cards/packed-pan.ts#packedLength': 'looks for the end',
  'src/domain/cards/packed-pan.ts#unpackPan': 'is the way to the digits',
  'src/domain/cards/test-numbers.ts#isPatterned': 'compares neighbours',
  'src/domain/cards/test-numbers.ts#isPublishedTestNumber': 'asks for the length',
  'src/domain/cards/truncation.ts#truncatePacked': 'asks for the length, to truncate',
  'src/domain/cards/truncation.ts#kept': 'reads a truncated number: there are only ten digits left',
  'src/domain/formats/card-columns.ts#putNumberLengths': 'writes the length into the sealed file',
  'src/domain/formats/card-lengths.ts#addNumbers':
    'asks for the length, to write into the sealed file',
};

/** Functions that write digits into a packed card number. */
const digitWriters = {
  'src/cde/hash-number.ts#hashNumber': 'packs the number that a caller is asked for',
  'src/domain/cards/test-numbers.ts#packAll':
    'packs the published test numbers, which are nobody’s',
  'src/domain/intake/number-screen.ts##screenAny': 'packs what was read from a record',
};

/** The one function that makes text of a (truncated) number, and who calls it. */
const textOfTruncated = {
  'src/cde/seal-batches.ts#issuerOf': 'the sample shown in the review',
  'src/domain/intake/source-preview.ts##number': 'the first records of a preview',
  'src/exchange/lookup/card-hit.ts#cardHit': 'the last four digits of a card that a caller named',
  'src/exchange/recall/count-recalled.ts#countRecalled':
    'the sample shown in the review of a recall',
  'src/exchange/waivers/write-annex.ts#annexPages': 'the list that goes with a letter',
};

/** Functions near card numbers that make text of bytes or numbers, and why it is never a card number's. */
const textMakers = {
  'src/cde/arrange-batches.ts#groupFor': 'issuer, brand and country, as one key',
  'src/cde/draw-references.ts#four': 'digits of an invented reference',
  'src/cde/frames.ts#decodeDocument': 'documents of the protocol; card numbers travel as rows',
  'src/cde/frames.ts#encodeDocument': 'documents of the protocol; card numbers travel as rows',
  'src/cde/hash-number.ts#hashUnder': 'a keyed hash',
  'src/cde/hash-person.ts#tagUnder': 'a tag of a person',
  'src/cde/incident-secret.ts#makeIncidentKeys': 'a wrapped key',
  'src/cde/job-tools.ts#runWith': 'a random batch id',
  'src/cde/merchant-texts.ts#merchantTexts': 'ids and numbers of merchants, of the incident',
  'src/cde/plain-records-wat.ts#plainRecordsWat': 'the text of a module, and places in its memory',
  'src/cde/route-cards.ts##ask': 'places of routes, as one key',
  'src/cde/seal-recalls.ts#sealOne': 'a random batch id',
  'src/cde/seal-test.ts#sealTest': 'sealed bytes, a wrapped answer and a random id',
  'src/domain/cards/brand-table-digest.ts': 'the brand table',
  'src/domain/cards/markup.ts#asciiOf': 'names of tags and references, which have letters only',
  'src/domain/cards/truncation.ts#kept': 'digits that survive truncation',
  'src/domain/formats/batch-cell.ts#batchCell':
    'a column’s value that is the same in the whole batch',
  'src/domain/formats/cp932.ts#codesByCharacter': 'the table of a character set',
  'src/domain/formats/day-texts.ts##make': 'a day',
  'src/domain/formats/day-texts.ts#padded': 'a day',
  'src/domain/formats/profile.ts#fixedProblems': 'the profile',
  'src/domain/formats/profile.ts#parseProfile': 'the profile',
  'src/domain/formats/text-cell.ts#recoded':
    'names and references, which were withheld where they look like a card',
  'src/domain/formats/window-sets.ts#namesOfWindows': 'names of exposure windows',
  'src/domain/intake/code-points.ts#decodeText': 'is the way to text; its callers are listed below',
  'src/domain/intake/code-points.ts#pairTable': 'the table of a character set',
  'src/domain/intake/digit-signs.ts#judge':
    'makes text of one character of Unicode, to look up what it is',
};

/** Who reads a field of a record as text. */
const fieldTexts = {
  'src/cde/hash-person.ts#lastFourOf': 'what a caller said: four digits, or it is refused',
  'src/cde/hash-person.ts#nameOf': 'what a caller said: refused where it has a digit',
  'src/domain/intake/header.ts#readFirstRecord': 'names of columns',
  'src/domain/intake/person-reader.ts##nameIn': 'names; what has a digit in it is left out before',
  'src/domain/intake/reference-text.ts##normalise':
    'references that are not plain; what looks like a card is withheld',
  'src/domain/intake/text-values.ts#of': 'channels and payment methods',
  'src/domain/responses/answer-lines.ts##cell':
    'cells of an answer, searched for card numbers before',
};

const nearCards = ['domain/cards', 'domain/intake', 'domain/formats', 'cde'].flatMap((room) =>
  filesUnder(`src/${room}`, '.ts'),
);
const everywhere = filesUnder('src', '.ts');

const textMethods = new Set([
  ...['toString', 'toLocaleString', 'decode', 'stringify', 'raw', 'join'],
  ...['fromCharCode', 'fromCodePoint', 'toHex', 'toBase64'],
  ...['utf8Slice', 'latin1Slice', 'asciiSlice', 'hexSlice', 'base64Slice'],
]);
const textClasses = new Set(['TextDecoder', 'StringDecoder']);

function makesText(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return textMethods.has(node.name.text);
  if (ts.isNewExpression(node)) return textClasses.has(dottedName(node.expression));
  // `String(x)` and `.map(String)`, but not `String.raw`, which is judged by its name.
  return (
    ts.isIdentifier(node) &&
    node.text === 'String' &&
    !ts.isPropertyAccessExpression(node.parent) &&
    !ts.isTypeNode(node.parent)
  );
}

function calls(...names: readonly string[]): (node: ts.Node) => boolean {
  return (node) => ts.isCallExpression(node) && names.includes(dottedName(node.expression));
}

describe('digits of card numbers', () => {
  it('are read by the functions listed here and no others', () => {
    const found = placesWhere(everywhere, calls('unpackPan', 'packedDigit', 'packedLength'));

    expect(found).toEqual(Object.keys(digitReaders).sort());
  });

  it('are packed by the functions listed here and no others', () => {
    expect(placesWhere(everywhere, calls('packPan'))).toEqual(Object.keys(digitWriters).sort());
  });

  it('become text in one way, truncated, for the callers listed here', () => {
    const found = placesWhere(everywhere, calls('renderTruncated'));

    expect(found).toEqual(Object.keys(textOfTruncated).sort());
  });
});

describe('text near card numbers', () => {
  it('is made by the functions listed here and no others', () => {
    expect(placesWhere(nearCards, makesText)).toEqual(Object.keys(textMakers).sort());
  });

  it('is made of fields of a record by the functions listed here and no others', () => {
    expect(placesWhere(everywhere, calls('decodeText'))).toEqual(Object.keys(fieldTexts).sort());
  });

  it.each([
    'packed.toString()',
    'Buffer.from(packed).toString("latin1")',
    'new TextDecoder().decode(packed)',
    'String.fromCharCode(...packed)',
    'String(packed)',
    'Array.from(packed, String)',
    'JSON.stringify(packed)',
    'packed.join("")',
    'packed.toHex()',
  ])('is noticed: %s', (expression) => {
    let isNoticed = false;
    visitText('some.ts', `export const leak = (packed) => ${expression};`, (node) => {
      isNoticed ||= makesText(node);
    });

    expect(isNoticed).toBe(true);
  });
});
