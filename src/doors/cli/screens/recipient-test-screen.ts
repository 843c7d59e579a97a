import type { Recipient } from '../../../domain/recipients/recipient.ts';
import type { RecipientTestRow } from '../../../exchange/recipients/recipient-tests.ts';
import type { SentTest } from '../../../exchange/recipients/send-recipient-test.ts';
import { paint } from '../colour.ts';
import { faultPhrase } from '../fault-screen.ts';
import { fingerprintGroups, shortDigest, sizeIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { recipientTestWords as en } from '../words/en/recipient-test.ts';
import { recipientTestWords as ja } from '../words/ja/recipient-test.ts';
import { labelledLines } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';
import { placeOf } from './recipients-screen.ts';
import { momentText } from './clock-texts.ts';

const words = { en, ja };

/** A test file that was sent, and how it is read back. What it holds stands nowhere. */
export function sentTestScreen({ test, recipient, report, hasArrived }: SentTest, view: View) {
  const say = wordsOf(test, view);
  const { id } = recipient;
  const facts = labelledLines(
    [
      [say.file, `${showForeign(test.file)} · ${sizeIn(test.bytes, view.language)}`],
      ...combinationRows(test, recipient, view),
    ],
    view,
    2,
  );
  if (!hasArrived) {
    const why = report.fault && faultPhrase(report.fault.code, report.fault.facts, view);
    return [
      ...hang('', paint(say.notSent(id, why ?? ''), 'bad', view)),
      '',
      ...facts,
      '',
      ...hang('', say.notSentMeans),
      '',
      ...nextLines([{ command: say.test(id), label: say.onceMended }], view),
    ];
  }
  return [
    ...hang('', report.state === 'presumed' ? say.presumed(id) : say.sent(id)),
    '',
    ...facts,
    '',
    ...hang('', say.unseen),
    ...hang('', say.call(id)),
    ...say.questions.flatMap((question, at) => hang(`  ${String(at + 1)}. `, question)),
    '',
    ...nextLines(
      [
        { command: say.confirm(id), label: say.whileSpeaking },
        { command: say.confirmByFile(id), label: say.byFile },
      ],
      view,
    ),
  ];
}

/** Of a test of references, the words about them in place of those about cards. */
function wordsOf({ subject }: SentTest['test'], view: View): typeof en {
  const say = words[view.language];
  return subject === undefined ? say : { ...say, ...say.references };
}

/** A test that was read back rightly. */
export function confirmedScreen(
  test: RecipientTestRow,
  recipient: Recipient,
  view: View,
): string[] {
  const say = words[view.language];
  const { answer, signed } = test;
  return [
    ...hang(
      '',
      paint(signed ? say.answered(recipient.id) : say.confirmed(recipient.id), 'good', view),
    ),
    '',
    ...labelledLines(
      [
        [say.by, answer && showForeign(answer.by)],
        [say.phone, answer && showForeign(answer.phone)],
        [say.answerFile, signed && fingerprintGroups(signed.sha256)],
        [say.at, signed && momentText(signed.takenAt, zoneOf(view), view)],
        [say.at, answer && momentText(answer.spokenAt, zoneOf(view), view)],
        ...combinationRows(test, recipient, view),
        [say.combination, shortDigest(test.combination)],
      ],
      view,
      2,
    ),
    '',
    ...hang('', say.confirmedMeans(recipient.id)),
  ];
}

function combinationRows(
  { fingerprint, profile }: Pick<RecipientTestRow, 'fingerprint' | 'profile'>,
  { endpoints }: Recipient,
  view: View,
): [string, string][] {
  const say = words[view.language];
  return [
    [say.certificate, fingerprintGroups(fingerprint)],
    [say.profile, profile],
    [say.endpoint, endpoints.map((endpoint) => placeOf(endpoint, view)).join(', ')],
  ];
}
