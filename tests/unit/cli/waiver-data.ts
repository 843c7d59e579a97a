// Waivers for screens and documents, in every state, with and without amounts.

import { letterFields } from '../../../src/domain/waivers/letter-fields.ts';
import type { ExceptionCounts } from '../../../src/domain/waivers/waiver-exceptions.ts';
import type { WaiverTerms } from '../../../src/domain/waivers/waiver-terms.ts';
import { waiversDocument, waiversSchema } from '../../../src/doors/cli/outputs/waivers.ts';
import {
  waiverLetterDocument,
  waiverLetterSchema,
} from '../../../src/doors/cli/outputs/waiver-letter.ts';
import { waiverLetterScreen } from '../../../src/doors/cli/screens/waiver-letter-screen.ts';
import type { WrittenLetter } from '../../../src/exchange/waivers/write-letter.ts';
import {
  exceptionsRecordedLine,
  waiverRecordedLine,
  waiversScreen,
} from '../../../src/doors/cli/screens/waivers-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import { waiverStateOf } from '../../../src/exchange/waivers/waiver-report.ts';
import type { WaiverReport, WaiverRow } from '../../../src/exchange/waivers/waiver-report.ts';
import { readinessOf } from './readiness-data.ts';
import type { Size } from './screen-data.ts';

const terms: WaiverTerms = {
  ...{ feeBy: 'merchant', unitPrice: 1_100, cap: 500_000, currency: 'JPY' },
  ...{ reissued: 'not-refunded', from: '2020-04-10', until: '2027-03-31' },
};

/** None of a purged incident, no card, and cards of every kind. */
function exceptionsAt(place: number, cards: number): ExceptionCounts | undefined {
  if (place === 0) return undefined;
  const each = place === 1 ? 0 : Math.floor(cards / 4);
  return { 'not-waived': each, 'fee-charged': each, 'refund-asked': each };
}

function waiversOf(size: Size, isNothing = false): WaiverReport {
  const { incident, at, issuers } = readinessOf(size, isNothing);
  const rows = issuers.map(({ recipient, issuer, cards, statements }, place): WaiverRow => {
    const { waiver } = statements;
    const texts = { condition: size.id, invoice: size.id };
    const statement = waiver && place > 2 ? { ...waiver, ...texts, waiver: terms } : waiver;
    const isWaiting = place === 1;
    return {
      ...{ recipient, issuer, cards, state: waiverStateOf(statement), statement },
      exceptions: exceptionsAt(place, cards),
      ...{ waitingSince: isWaiting ? at : undefined, waitingDays: isWaiting ? 12 : undefined },
    };
  });
  return { incident, at, rows };
}

function letterOf(size: Size): WrittenLetter {
  const names = ['TEST-waiver-cards.csv', 'TEST-waiver-letter.ja.txt', 'TEST-waiver-letter.en.txt'];
  return {
    ...{ incident: size.id, issuer: size.id, cards: 1_234_567, notLeft: 12, charset: 'cp932' },
    files: names.map((name) => ({ name, bytes: 123_456, sha256: 'a'.repeat(64) })),
    blanks: letterFields,
    request: 'free',
  };
}

function sealedLetterOf(size: Size): WrittenLetter {
  const made = letterOf(size);
  return {
    ...made,
    files: made.files.map((file) => ({ ...file, name: `${file.name}.pgp` })),
    blanks: [],
    sealed: { recipient: size.id, certificate: 'AB12'.repeat(10), contents: made.files },
  };
}

export function waiverScreens(size: Size, view: View): Record<string, readonly string[]> {
  const report = waiversOf(size);
  const { statement } = report.rows[3]!;
  return {
    waivers: waiversScreen(report, view),
    waiversNone: waiversScreen(waiversOf(size, true), view),
    waiverLetter: waiverLetterScreen(letterOf(size), `/srv/${size.id}`, view),
    waiverLetterWhole: waiverLetterScreen({ ...letterOf(size), notLeft: 0 }, '/srv/l', view),
    waiverLetterReason: waiverLetterScreen(
      { ...letterOf(size), request: 'with-reason' },
      'l',
      view,
    ),
    waiverLetterAnswered: waiverLetterScreen({ ...letterOf(size), request: 'none' }, 'l', view),
    waiverLetterUnknown: waiverLetterScreen({ ...letterOf(size), issuer: '' }, 'l', view),
    waiverLetterSealed: waiverLetterScreen(sealedLetterOf(size), `/srv/${size.id}`, view),
    waiverExceptedNothing: exceptionsRecordedLine({ issuer: size.id, cards: 12, changed: 0 }, view),
    waiverExcepted: exceptionsRecordedLine({ issuer: size.id, cards: 12, changed: 3 }, view),
    waiverRecorded: waiverRecordedLine(statement!, view),
  };
}

export function waiverOutputs(size: Size) {
  return {
    waiverLetter: [waiverLetterSchema, waiverLetterDocument(letterOf(size))],
    waiverLetterSealed: [waiverLetterSchema, waiverLetterDocument(sealedLetterOf(size))],
    waivers: [waiversSchema, waiversDocument(waiversOf(size))],
    waiversNone: [waiversSchema, waiversDocument(waiversOf(size, true))],
  } as const;
}
