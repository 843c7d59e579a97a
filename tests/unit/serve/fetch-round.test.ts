import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openHoursSchema } from '../../../src/domain/recipients/open-hours.ts';
import { closedAt } from '../../../src/exchange/arrivals/fetch-times.ts';
import { FetchRound } from '../../../src/exchange/serve/fetch-round.ts';
import { serveStatus } from '../../../src/exchange/serve/serve-status.ts';
import { PickupBox } from '../../support/pickup-box.ts';
import { sftpEndpoint } from '../../support/recipient-entry.ts';
import { recipientSchema } from '../../../src/domain/recipients/recipient.ts';
import { recipientEntry } from '../../support/recipient-entry.ts';

const day = openHoursSchema.parse({ between: ['09:00-12:00', '13:00-17:00'], days: 'bank' });
const empty = {
  names: () => Promise.resolve({ names: [], isCut: false }),
  close: () => Promise.resolve(),
};

let box: PickupBox;
/** Whose directories were looked into. */
let asked: string[];
/** How often secrets were opened. */
let opened: number;

beforeEach(() => {
  box = new PickupBox();
  asked = [];
  opened = 0;
  const at = (id: string, more: object) =>
    recipientSchema.parse({
      ...recipientEntry({ endpoints: [{ ...sftpEndpoint, host: `${id}.example` }] }),
      ...{ id, answers: { directory: '/answers', ...more } },
    });
  box.configuration.recipients = [at('always', {}), at('day', { hours: day })];
});
afterEach(() => box.dispose());

/** One round at this moment. Returns who was asked in it. */
async function round(now: string): Promise<string[]> {
  box.store.nowMs = Date.parse(now);
  asked = [];
  const ports = Object.assign(Object.create(box) as PickupBox, {
    publicKeys: { openpgp: () => Promise.resolve('') },
    openSecrets: () => {
      opened += 1;
      return box.openSecrets();
    },
    pause: { sleep: () => Promise.resolve() },
    answerFolders: {
      open: ({ host }: { host: string }) => {
        asked.push(host.split('.')[0]!);
        return Promise.resolve(empty);
      },
    },
  });
  await new FetchRound(ports as never).run(new AbortController().signal);
  return asked;
}

const both = ['always', 'day'];

describe('FetchRound.run()', () => {
  it.each([
    ['before the hours of a recipient', '2026-11-23T23:59:59Z', ['always']],
    ['at their beginning', '2026-11-24T00:00:00Z', both],
    ['at the end of a span', '2026-11-24T03:00:00Z', ['always']],
    ['in the next span', '2026-11-24T04:00:00Z', both],
    ['at night', '2026-11-24T15:00:00Z', ['always']],
    ['on a holiday', '2026-11-23T01:00:00Z', ['always']],
  ])('asks %s those alone whose hours have come', async (_what, now, expected) => {
    expect((await round(now)).toSorted()).toEqual(expected);
  });

  it('opens no secrets where nobody is to be asked', async () => {
    await round('2026-11-24T00:00:00Z');
    expect(opened).toBe(1);
    box.configuration.recipients = box.configuration.recipients.slice(1);
    expect(await round('2026-11-24T15:00:00Z')).toEqual([]);
    box.configuration.recipients = [recipientSchema.parse(recipientEntry())];
    expect(await round('2026-11-24T00:00:00Z')).toEqual([]);
    expect(opened).toBe(1);
  });

  it('asks nobody whose days off are not known, and tells why after all others', async () => {
    await expect(round('2031-01-06T01:00:00Z')).rejects.toMatchObject({
      code: 'holiday-year-missing',
    });
    expect(asked).toEqual(['always']);
  });
});

describe('serveStatus()', () => {
  it('says when it looks next: five minutes after the last look, or once the hours come', async () => {
    box.store.nowMs = Date.parse('2026-11-24T02:57:00Z');
    const fetches = async () =>
      (await serveStatus(box)).fetches.map(({ recipient, nextAt, isWaiting }) => [
        ...[recipient, nextAt?.toISOString(), isWaiting],
      ]);
    expect(await fetches()).toEqual([
      ['always', '2026-11-24T02:57:00.000Z', false],
      ['day', '2026-11-24T02:57:00.000Z', false],
    ]);
    await box.roundBook.ran('fetch', box.clock.now());
    expect(await fetches()).toEqual([
      ['always', '2026-11-24T03:02:00.000Z', false],
      ['day', '2026-11-24T04:00:00.000Z', true],
    ]);
    box.store.nowMs = Date.parse('2031-01-06T01:00:00Z');
    const { fetches: unknown } = await serveStatus(box);
    expect(unknown[1]).toEqual({
      ...{ recipient: 'day', nextAt: undefined, isWaiting: true },
      problem: 'holiday-year-missing',
    });
  });
});

describe('closedAt()', () => {
  it('names who is outside their hours, and nobody who is disabled or has no directory', () => {
    const { recipients } = box.configuration;
    const night = new Date('2026-11-24T15:00:00Z');
    const names = (all: typeof recipients): string[] =>
      closedAt(all, night).map(({ recipient }) => recipient.id);
    expect(names(recipients)).toEqual(['day']);
    expect(names(recipients.map((each) => ({ ...each, state: 'disabled' })))).toEqual([]);
    expect(names(recipients.map(({ answers: _answers, ...rest }) => rest))).toEqual([]);
  });
});
