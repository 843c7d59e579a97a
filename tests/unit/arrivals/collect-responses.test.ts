import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CardProcessFault } from '../../../src/cde/errors.ts';
import { FormatsFault } from '../../../src/domain/formats/errors.ts';
import { ResponsesFault } from '../../../src/domain/responses/errors.ts';
import { WorkspaceFault } from '../../../src/domain/workspace/errors.ts';
import { KeyFault } from '../../../src/edge/keys/errors.ts';
import { SqlitePickupBook } from '../../../src/edge/sqlite/pickup-book.ts';
import type { DeliveryEvidence } from '../../../src/exchange/delivery/delivery-journal.ts';
import { OpenpgpFault } from '../../../src/edge/openpgp/errors.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { collectResponses } from '../../../src/exchange/arrivals/collect-responses.ts';
import type { Collected } from '../../../src/exchange/arrivals/collect-responses.ts';
import { settleArrival } from '../../../src/exchange/arrivals/settle-arrival.ts';
import type { SettledArrival } from '../../../src/exchange/arrivals/settle-arrival.ts';
import { CollectRound } from '../../../src/exchange/serve/collect-round.ts';
import { importCardAnswer } from '../../../src/exchange/responses/import-card-answer.ts';
import type { AnswerJob, ReadAnswer } from '../../../src/exchange/responses/answer-reader.ts';
import { workspaceStatus } from '../../../src/exchange/status/workspace-status.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

// The database is real; what the card process says of a file, a test decides.

const visitor = { box: 'psp', key: `SHA256:${'A'.repeat(43)}`, from: '192.0.2.1' };
const evidence: DeliveryEvidence = {
  ...{ by: 'box', verification: 'read-back', rename: 'not-sent' },
  ...{ final: 'same', temporary: 'absent' },
};

type Saying = ReadAnswer | Error;

let desk: ExchangeDesk;
let sayings: Map<string, Saying>;
let jobs: AnswerJob[];
let removed: string[];
let asked: number;

beforeEach(async () => {
  desk = new ExchangeDesk();
  sayings = new Map();
  [jobs, removed, asked] = [[], [], 0];
  await desk.store.approved();
  const row = await desk.store.journal.claim('b-0001', 60_000);
  await desk.store.journal.outcome(row, 'offered', evidence);
  await new SqlitePickupBook(desk.store.db, desk.clock).opened('b-0001', visitor);
});
afterEach(() => desk.dispose());

const ports = () =>
  Object.assign(Object.create(desk) as ExchangeDesk, {
    arrivalFiles: {
      pathOf: (id: string) => id,
      remove: (id: string) => Promise.resolve(void removed.push(id)),
    },
    cardProcess: {
      readAnswer: (job: AnswerJob): Promise<ReadAnswer> => {
        jobs.push(job);
        const said = sayings.get(job.path)!;
        return said instanceof Error ? Promise.reject(said) : Promise.resolve(said);
      },
    },
  });
const passphrases = {
  read: () => {
    asked += 1;
    return Promise.resolve(new Uint8Array(12));
  },
};
const collect = (recipient?: string): Promise<Collected> =>
  collectResponses(ports(), { recipient, actor: 'system', passphrases });

const sha = (text: string): string => digestOf(new TextEncoder().encode(text));

const inClear = { clearBytes: 10, key: visitor.key };

async function arrive(
  id: string,
  said: Saying,
  recipient = 'psp',
  content = id,
  more: Partial<typeof inClear & { arrivedAt: Date }> = {},
): Promise<void> {
  sayings.set(id, said);
  const file = {
    id,
    recipient,
    way: 'inbox',
    name: `${id}.pgp`,
    sha256: sha(content),
    bytes: 10,
  } as const;
  await desk.arrivals.add(
    { ...file, arrivedAt: desk.clock.now(), ...more },
    {
      draft: {
        ...{ actor: 'system', act: 'answer-arrived', result: 'done', origin: desk.origin },
        object: `recipient:${recipient}`,
        data: { arrival: id, recipient, sha256: file.sha256, bytes: 10, by: 'inbox' },
      },
    },
  );
}
const says = (file: string, rest: 'accepted' | 'monitoring', signedAt: number): ReadAnswer => ({
  ...{ batch: 'b-0001', bytes: 10, sha256: sha(file), contentSha256: sha(rest), rows: [] },
  ...{ isSigned: true, signedAt, cards: { rest, rows: [] } },
});
const became = ({ taken }: Collected): unknown[] =>
  taken.map(({ arrival, became: what, batch, code }) => [arrival, what, batch ?? code]);

describe('collectResponses()', () => {
  it('takes in what waits, the oldest first, and asks for the passphrase once, or not at all', async () => {
    expect(await collect()).toEqual({ taken: [], waiting: [] });
    expect(asked).toBe(0);
    await arrive('a1', says('a1', 'accepted', 1_000));
    await arrive('a2', says('a2', 'monitoring', 2_000));
    await arrive('a3', says('a3', 'accepted', 1_000), 'amex');
    expect(became(await collect('psp'))).toEqual([
      ['a1', 'collected', 'b-0001'],
      ['a2', 'collected', 'b-0001'],
    ]);
    expect([asked, removed]).toEqual([1, ['a1', 'a2']]);
    expect(jobs[0]).toMatchObject({ acceptsUnsigned: true, batches: [{ batch: 'b-0001' }] });
    const { cards } = await desk.cardAnswers.standing('b-0001', 3);
    expect(cards.rest).toBe('monitoring');
    expect((await workspaceStatus(desk)).arrivals).toEqual({ waiting: 1, sources: [], aside: [] });
  });

  it('knows what it took in before, in the same bytes or in others', async () => {
    await arrive('a1', says('a1', 'accepted', 1_000));
    await collect();
    await arrive('a2', says('a2', 'accepted', 1_000));
    expect(became(await collect())).toEqual([['a2', 'repeated', 'b-0001']]);
    expect((await desk.store.leaves()).at(-1)).toMatchObject({ act: 'answer-repeated' });
    expect((await desk.cardAnswers.list()).length).toBe(1);
    expect(removed).toEqual(['a1', 'a2']);
  });

  it('puts aside what is refused, keeps it, and takes in the others', async () => {
    await arrive('a1', says('a1', 'monitoring', 1_000));
    await collect();
    const refused: readonly (readonly [string, Saying])[] = [
      ['response-takes-back', says('b1', 'accepted', 2_000)],
      ['response-stale', says('b2', 'accepted', 500)],
      ['response-holds-card', new ResponsesFault('response-holds-card', { line: 3 })],
      ['response-unsigned', { ...says('b4', 'accepted', 3_000), isSigned: false }],
      ['source-signer-unknown', new OpenpgpFault('source-signer-unknown')],
      ['source-altered', new OpenpgpFault('source-altered')],
      ['response-of-other', new ResponsesFault('response-of-other', { what: 'batch' })],
    ];
    for (const [at, [, said]] of refused.entries()) await arrive(`b${at + 1}`, said);
    await arrive('c1', says('c1', 'monitoring', 9_000));
    removed.length = 0;
    const collected = await collect();
    expect(collected.taken.map(({ code, batch }) => code ?? batch)).toEqual([
      ...refused.map(([code]) => code),
      'b-0001',
    ]);
    expect(removed).toEqual(['c1']);
    const [aside] = (await workspaceStatus(desk)).arrivals.aside;
    expect(aside).toMatchObject({
      recipient: 'psp',
      files: 7,
      codes: refused.map(([code]) => code),
    });
    const told = (await desk.store.leaves()).filter(({ act }) => act === 'answer-quarantined');
    expect(told.map(({ data }) => data['code'])).toEqual(refused.map(([code]) => code));
    expect(await collect()).toEqual({ taken: [], waiting: [] });
  });

  it('puts aside what answers nothing that was sent to them', async () => {
    await arrive('a1', says('a1', 'accepted', 1_000), 'amex');
    expect(became(await collect())).toEqual([['a1', 'quarantined', 'response-of-other']]);
    expect(jobs).toEqual([]);
  });

  it('lets wait what could not be read this time, and is not kept by it from the others', async () => {
    await arrive('a1', new CardProcessFault('card-process-died'));
    await arrive('a2', says('a2', 'accepted', 1_000));
    const { taken, waiting } = await collect();
    expect(waiting).toEqual([{ arrival: 'a1', code: 'card-process-died' }]);
    expect(taken.map(({ arrival }) => arrival)).toEqual(['a2']);
    sayings.set('a1', new KeyFault('passphrase-wrong'));
    await expect(collect()).rejects.toMatchObject({ code: 'passphrase-wrong' });
    sayings.set('a1', says('a1', 'monitoring', 2_000));
    expect(became(await collect())).toEqual([['a1', 'collected', 'b-0001']]);
  });

  it('lets wait what a fault of the configuration keeps from being read, and takes in the rest', async () => {
    const unknown = new FormatsFault('profile-unknown', { profile: 'theirs', folder: 'answers' });
    const unreadable = new WorkspaceFault('config-missing-key', { file: 'theirs.toml' });
    await arrive('a1', unknown);
    await arrive('a2', unreadable);
    await arrive('a3', says('a3', 'accepted', 1_000));
    const collected = await collect();
    expect(collected.waiting).toEqual([
      { arrival: 'a1', code: 'profile-unknown' },
      { arrival: 'a2', code: 'config-missing-key' },
    ]);
    expect(collected.misconfigured).toBe(unknown);
    expect(became(collected)).toEqual([['a3', 'collected', 'b-0001']]);
    // What `serve` says of it: the round failed, and not silently.
    const signed: string[] = [];
    const signCheckpoint = () => {
      signed.push('checkpoint');
      return Promise.resolve({ size: 1, note: '' });
    };
    const openSecrets = () => Promise.resolve({ signCheckpoint });
    await arrive('a4', says('a4', 'monitoring', 2_000));
    const round = new CollectRound(Object.assign(ports(), { passphrases, openSecrets }));
    await expect(round.run(new AbortController().signal)).rejects.toBe(unknown);
    expect(signed).toEqual(['checkpoint']);
  });

  it('puts aside, the third time, what ends each process that reads it', async () => {
    await arrive('a1', new CardProcessFault('card-process-died'));
    for (let round = 1; round < 3; round += 1) {
      expect(await collect()).toMatchObject({ taken: [], waiting: [{ arrival: 'a1' }] });
    }
    // What says nothing of the file does not count.
    sayings.set('a1', new ResponsesFault('response-overtaken', { batch: 'b-0001' }));
    expect(await collect()).toMatchObject({ taken: [], waiting: [{ arrival: 'a1' }] });
    sayings.set('a1', new CardProcessFault('card-process-died'));
    expect(became(await collect())).toEqual([['a1', 'quarantined', 'arrival-kills-reader']]);
    expect((await desk.store.leaves()).at(-1)).toMatchObject({
      ...{ act: 'answer-quarantined', data: { arrival: 'a1', code: 'arrival-kills-reader' } },
    });
    expect(await collect()).toEqual({ taken: [], waiting: [] });
    expect(removed).toEqual([]);
  });

  it('keeps of what it puts aside which batch it speaks of, where that was read', async () => {
    await arrive('a1', new ResponsesFault('response-holds-card', { line: 3, batch: 'b-0001' }));
    await arrive('a2', new OpenpgpFault('source-altered'));
    await collect();
    expect((await desk.arrivals.inState('quarantined')).map(({ batch }) => batch)).toEqual([
      'b-0001',
      undefined,
    ]);
  });

  it('closes what an officer took in from quarantine under their own name', async () => {
    await arrive('a1', says('a1', 'monitoring', 1_000));
    await collect();
    await arrive('a2', says('a2', 'accepted', 2_000));
    await collect();
    await importCardAnswer(Object.assign(ports(), { passphrases }), {
      ...{ batch: 'b-0001', path: 'a2', officer: 'officer-1', answeredBy: undefined },
      ...{ acceptUnsigned: false, acceptDiffering: true, acceptNonce: false },
      reason: 'they said so by phone',
    });
    expect(became(await collect())).toEqual([['a2', 'collected', 'b-0001']]);
    expect(await desk.arrivals.inState('quarantined')).toEqual([]);
  });
});

describe('collectResponses(), of what came in clear', () => {
  const takes = (in_clear: boolean): void => {
    desk.configuration.changeRecipient('psp', { answers: { format: 'card-answer', in_clear } });
  };
  const unsigned = (file: string, rest: 'accepted' | 'monitoring'): ReadAnswer => ({
    ...says(file, rest, 0),
    ...{ isSigned: false, signedAt: undefined },
  });
  const arriveClear = (id: string, said: Saying, at?: Date): Promise<void> =>
    arrive(id, said, 'psp', id, { ...inClear, ...(at === undefined ? {} : { arrivedAt: at }) });

  it('counts it as what nobody signed, by the key that brought it, and once', async () => {
    takes(true);
    await arriveClear('a1', unsigned('a1', 'accepted'));
    expect(became(await collect())).toEqual([['a1', 'collected', 'b-0001']]);
    expect(jobs[0]).toMatchObject({ acceptsUnsigned: true, acceptsSealedUnsigned: true });
    const { data } = (await desk.store.leaves()).at(-1)!;
    expect(data).toMatchObject({ broughtBy: visitor.key, sha256: sha('a1') });
    expect(data['fingerprint']).toBeUndefined();
    expect(await desk.cardAnswers.standing('b-0001', 3)).toMatchObject({ isSigned: false });
    await arriveClear('a2', unsigned('a2', 'accepted'));
    expect(became(await collect())).toEqual([['a2', 'repeated', 'b-0001']]);
  });

  it('takes back nothing that was signed, or said before', async () => {
    takes(true);
    await arriveClear('a1', unsigned('a1', 'monitoring'));
    await arriveClear('a2', unsigned('a2', 'accepted'));
    await arrive('a3', says('a3', 'monitoring', 1_000), 'psp', 'a3');
    await arriveClear('a4', unsigned('a4', 'accepted'));
    expect((await collect()).taken.map(({ code }) => code)).toEqual([
      ...[undefined, 'response-takes-back', undefined, 'response-over-signed'],
    ]);
  });

  it('refuses it once the setting is withdrawn, and what lay here before the batch had left', async () => {
    takes(false);
    await arriveClear('a1', unsigned('a1', 'accepted'));
    expect(became(await collect())).toEqual([['a1', 'quarantined', 'response-unsigned']]);
    expect(jobs[0]).toMatchObject({ acceptsSealedUnsigned: false });
    takes(true);
    await arriveClear('a2', unsigned('a2', 'accepted'), new Date(0));
    expect(became(await collect())).toEqual([['a2', 'quarantined', 'response-of-other']]);
    await arrive('a3', unsigned('a3', 'accepted'));
    expect(became(await collect())).toEqual([['a3', 'quarantined', 'response-unsigned']]);
    expect(jobs.at(-1)).toMatchObject({ acceptsSealedUnsigned: false });
  });
});

describe('settleArrival()', () => {
  const settle = (id: string, reason?: string): Promise<SettledArrival | undefined> =>
    settleArrival(ports(), { id, officer: 'officer-1', reason });

  it('closes what was put aside, with a reason, and removes what lies here', async () => {
    await arrive('a1', new ResponsesFault('response-malformed', { line: 1, column: 0 }));
    await collect();
    await expect(settle('a1')).rejects.toMatchObject({ code: 'reason-required' });
    expect(await settle('a1', 'not theirs')).toMatchObject({ recipient: 'psp', wasHere: true });
    expect(removed).toEqual(['a1']);
    await expect(settle('a1', 'again')).rejects.toMatchObject({ code: 'response-complete' });
    expect((await workspaceStatus(desk)).arrivals.aside).toEqual([]);
    const leaf = (await desk.store.leaves()).at(-1)!;
    expect(leaf).toMatchObject({ actor: 'officer-1', act: 'answer-settled' });
    expect(JSON.stringify(leaf)).not.toContain('not theirs');
    expect(await settle('b-0001', 'a batch')).toBeUndefined();
  });

  it('puts aside one whose file is gone, as after a restore: nobody could ever read it', async () => {
    await arrive('a1', new CardProcessFault('source-missing', { source: 1 }));
    expect(became(await collect())).toEqual([['a1', 'quarantined', 'source-missing']]);
    await settle('a1', 'asked for it again');
    await arrive('a2', says('a2', 'accepted', 1_000), 'psp', 'a1');
    expect(became(await collect())).toEqual([['a2', 'collected', 'b-0001']]);
  });

  it('leaves alone what waits to be read', async () => {
    await arrive('a1', says('a1', 'accepted', 1_000));
    await expect(settle('a1', 'too early')).rejects.toMatchObject({ code: 'response-complete' });
    expect(removed).toEqual([]);
  });
});
