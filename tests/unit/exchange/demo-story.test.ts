import { describe, expect, it } from 'vitest';

import { checkStory, demoChecks } from '../../../src/exchange/demo/demo-story.ts';
import type { DemoCheck, DemoStory } from '../../../src/exchange/demo/demo-story.ts';

const fingerprint = 'A'.repeat(40);

/** A small story in which everything holds; only what is checked is there. */
function story() {
  const batch = (recipient: string, cards: number) => ({ recipient, cards, sha256: recipient });
  const receipt = (recipient: string, cards: number) => ({
    ...{ recipient, cards, announced: cards, sha256: recipient },
    ...{ mode: 'TEST', signedBy: fingerprint },
  });
  return {
    workspace: { openpgpFingerprint: fingerprint },
    sources: [{ planted: { card: 5, luhn: 2 } }, { planted: { card: 2, 'date-missing': 1 } }],
    prepared: {
      result: {
        ...{ read: 10, cards: 7, excluded: { luhn: 2 }, held: { 'date-missing': 1 } },
        batches: [batch('psp', 5), batch('amex', 2)],
      },
    },
    refusal: 'approver-is-requester' as string | undefined,
    delivered: { reports: [{ state: 'stored' }, { state: 'stored' }] },
    receipts: [receipt('amex', 2), receipt('psp', 5)],
    verdict: { holds: true, entries: 18, signedTo: 18 },
  };
}

function broken(told: ReturnType<typeof story>): DemoCheck[] {
  const checks = checkStory(told as unknown as DemoStory);
  return demoChecks.filter((check) => !checks[check]);
}

type Change = readonly [string, DemoCheck, (told: ReturnType<typeof story>) => void];

const changes: readonly Change[] = [
  ['a record that nobody counted', 'tally-adds-up', (told) => (told.prepared.result.read += 1)],
  [
    'a reason that nobody planted',
    'planted-is-found',
    (told) => (told.sources[0]!.planted.luhn = 1),
  ],
  [
    'a planted record that was not found',
    'planted-is-found',
    (told) => Object.assign(told.sources[1]!.planted, { length: 1 }),
  ],
  ['an own approval', 'own-approval-is-refused', (told) => (told.refusal = undefined)],
  ['another refusal', 'own-approval-is-refused', (told) => (told.refusal = 'role-missing')],
  ['a failed file', 'files-are-stored', (told) => (told.delivered.reports[1]!.state = 'failed')],
  ['a missing receipt', 'received-is-sent', (told) => told.receipts.pop()],
  ['a file nobody sent', 'received-is-sent', (told) => told.receipts.push(told.receipts[0]!)],
  ['other bytes', 'received-is-sent', (told) => (told.receipts[0]!.sha256 = 'other')],
  ['a card less', 'received-is-sent', (told) => (told.receipts[1]!.cards -= 1)],
  ['a wrong announcement', 'received-is-sent', (told) => (told.receipts[1]!.announced += 1)],
  ['a file that says LIVE', 'received-is-sent', (told) => (told.receipts[0]!.mode = 'LIVE')],
  ['another signer', 'received-is-sent', (told) => (told.receipts[0]!.signedBy = 'B')],
  ['files changed over', 'received-is-sent', (told) => (told.receipts[0]!.recipient = 'psp')],
  ['a log that does not hold', 'log-holds', (told) => (told.verdict.holds = false)],
  ['entries behind the checkpoint', 'log-holds', (told) => (told.verdict.signedTo = 17)],
];

describe('checkStory()', () => {
  it('finds nothing broken in a story that holds', () => {
    expect(broken(story())).toEqual([]);
  });

  it.each(changes)('notices %s', (_what, check, change) => {
    const told = story();
    change(told);
    expect(broken(told)).toEqual([check]);
  });
});
