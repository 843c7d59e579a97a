import { describe, expect, it } from 'vitest';

import { composeLeaf, parseLeaf } from '../../../src/domain/audit/leaf.ts';
import type { Leaf, LeafDraft } from '../../../src/domain/audit/leaf.ts';
import { ReplayedBatches } from '../../../src/domain/handoff/replayed-batches.ts';

const salt = new Uint8Array(16);
const start = Date.parse('2026-11-22T00:00:00Z');
const DAY_MS = 24 * 3_600_000;
const digest = '0'.repeat(64);

type Step = readonly [act: string, data?: object, result?: string];

const delivery = (act: string, data: object = {}): Step => [`delivery-${act}`, data];
const prepare: Step = ['handoff-prepare'];
const approve: Step = ['handoff-approve'];
const sending = [prepare, approve, delivery('start', { attempt: 1 })];
const opened = [prepare, approve, delivery('offered'), delivery('partly-read')];

const ofPrepare = {
  ...{ incident: 'shop-a', sources: [], read: 1, cards: 1, excluded: {}, held: {} },
  batches: ['b-1'],
};
const needed: Readonly<Record<string, object>> = {
  'handoff-prepare': ofPrepare,
  'handoff-import-sent': {
    ...{ ...ofPrepare, recipient: 'psp', channel: 'mail', sentAt: '2026-11-21T00:00:00Z' },
    ...{ evidence: digest, bytes: 1, planSha256: digest, reviewSha256: digest },
  },
  'handoff-emergency': { due: '2026-11-23T00:00:00Z', batches: ['b-1'] },
  'delivery-proved': { answer: digest },
};

/** One a day. */
function leafOf([act, data, result = 'done']: Step, day: number): Leaf {
  const about = act.startsWith('handoff-') ? { handoff: 'h-1' } : { batch: 'b-1' };
  const draft = {
    ...{ actor: 'officer-1', act, result, origin: 'cli:test', object: 'handoff:h-1' },
    data: { ...about, ...needed[act], ...data },
  } as unknown as LeafDraft;
  return parseLeaf(composeLeaf(draft, salt, new Date(start + day * DAY_MS)));
}

function replayed(steps: readonly Step[]): ReplayedBatches {
  const batches = new ReplayedBatches();
  steps.forEach((step, day) => batches.note(leafOf(step, day), day));
  return batches;
}

describe('ReplayedBatches', () => {
  it.each<[string, readonly Step[], readonly string[], number | undefined]>([
    ['prepared', [prepare], ['built'], undefined],
    ['approved once', [prepare, approve], ['built', 'approved'], undefined],
    ['sent alone', [prepare, ['handoff-emergency']], ['approved'], undefined],
    ['declined', [prepare, approve, ['handoff-decline']], ['cancelled'], undefined],
    ['not cancelled', [prepare, ['handoff-cancel', {}, 'refused']], ['built'], undefined],
    ['on its way', sending, ['sending'], 2],
    ['published', [...sending, delivery('publishing')], ['publishing'], 2],
    ['stored', [...sending, delivery('stored')], ['stored'], 2],
    ['failed', [...sending, delivery('failed')], ['failed'], undefined],
    ['tried again', [...sending, delivery('failed'), delivery('retry')], ['approved'], undefined],
    [
      'found not to be there',
      [...sending, delivery('presumed'), delivery('resolve', { outcome: 'not-stored' })],
      ['failed'],
      undefined,
    ],
    [
      'given up',
      [...sending, delivery('conflict'), delivery('resolve', { outcome: 'withdrawn' })],
      ['cancelled'],
      2,
    ],
    ['proved', [...sending, delivery('presumed'), delivery('proved')], ['stored'], 2],
    ['doubted', [prepare, approve, delivery('presumed', { by: 'recovery' })], ['presumed'], 0],
    ['in a folder', [prepare, approve, delivery('start'), delivery('written')], ['written'], 3],
    ['opened', opened, ['partly-read'], 3],
    ['offered again after it was opened', [...opened, delivery('offered')], ['offered'], 3],
    ['kept after that', [...opened, delivery('offered'), ['handoff-cancel']], ['offered'], 3],
    ['ended unopened', [...opened.slice(0, 3), delivery('expired')], ['expired'], undefined],
    ['ended opened', [...opened, delivery('expired')], ['expired'], 3],
    ['taken', [...opened, delivery('read'), delivery('taken')], ['taken'], 3],
    ['proved to be read', [...opened, delivery('proved')], ['read'], 3],
    [
      'sent elsewhere',
      [['handoff-import-sent'], approve],
      ['claimed', 'sent-elsewhere'],
      undefined,
    ],
    [
      'sent elsewhere, as it turned out not',
      [['handoff-import-sent'], approve, ['handoff-cancel']],
      ['cancelled'],
      undefined,
    ],
  ])('knows a batch that is %s', (_, steps, states, day) => {
    const batches = replayed(steps);
    const availableMs = day === undefined ? null : start + day * DAY_MS + 1_000;
    for (const state of states) {
      expect(batches.differing({ id: 'b-1', state, availableMs })).toBeUndefined();
    }
    const moved = expect.any(Number) as number;
    expect(batches.differing({ id: 'b-1', state: 'presumed-not', availableMs })).toEqual({
      ...{ column: 'state', index: moved },
    });
    const other = availableMs === null ? start : availableMs - 2 * 3_600_000;
    for (const wrong of availableMs === null ? [other] : [other, null]) {
      const row = { id: 'b-1', state: states[0]!, availableMs: wrong };
      expect(batches.differing(row)).toEqual({ column: 'available_at', index: moved });
    }
  });

  it('names the last entry that moved the batch', () => {
    const row = { id: 'b-1', state: 'failed', availableMs: null };
    const steps = [...sending, delivery('stored'), delivery('name', {}), approve];
    expect(replayed(steps).differing(row)).toEqual({ column: 'state', index: 3 });
  });

  it('knows no batch that no entry tells of, and counts those that are told of', () => {
    const row = { id: 'b-2', state: 'built', availableMs: null };
    expect(replayed([prepare, delivery('stored', { batch: 'b-2' })]).differing(row)).toEqual({
      column: 'id',
    });
    expect(replayed([prepare]).size).toBe(1);
  });

  it('takes a word that nobody can say of an outcome for none', () => {
    const steps = [...sending, delivery('presumed'), delivery('resolve', { outcome: 'gone' })];
    const row = { id: 'b-1', state: 'presumed', availableMs: start + 2 * DAY_MS };
    expect(replayed(steps).differing(row)).toBeUndefined();
  });
});
