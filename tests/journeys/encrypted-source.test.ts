import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { expectHandoff } from '../support/expected-handoff.ts';
import { makeOrderExport } from '../support/order-export.ts';
import { inLanes } from '../support/lanes.ts';
import { openSealed } from '../support/sealed-text.ts';
import { Kit } from '../support/workspace-kit.ts';
import type { Keyholder } from '../support/workspace-kit.ts';

const orders = makeOrderExport(11);
const expected = expectHandoff([{ bytes: orders.bytes, kind: 'orders' }]);

let kit: Kit;
let pfi: Keyholder;
let ours: string;
let sealed: Uint8Array;

beforeAll(async () => {
  kit = await Kit.create({ opens: 'credential' });
  pfi = await kit.keyholder('pfi', 'gpg', { kind: 'ed25519' });
  const { key } = await kit.done(['key', 'export', '--openpgp']);
  await pfi.gpg.importKey(key);
  const { openpgp } = await kit.done(['key', 'sheet']);
  ours = String(openpgp.fingerprint).replaceAll(' ', '');
  const confirmed = ['--fingerprint', pfi.fingerprint, '--confirmed-by', 'in person'];
  const person = ['--name', 'Example Forensics', '--kind', 'pfi', '--certificate', pfi.certificate];
  await kit.done(['--as', 'officer-1', 'sender', 'add', 'pfi-1', ...person, ...confirmed]);
  await kit.putInForce();
  sealed = await pfi.gpg.encrypt(orders.bytes, [ours], pfi.fingerprint);
});

afterAll(() => kit.dispose());

const clear = ['as-a-file', 'clear-pipe', 'from-a-pipe'];

describe('handoff prepare of a source encrypted and signed to us by gpg', () => {
  let prepared: readonly Document[];

  beforeAll(async () => {
    for (const incident of clear) await kit.openIncident(incident);
    const armored = await pfi.gpg.encrypt(orders.bytes, [ours], pfi.fingerprint, ['--armor']);
    const file = kit.source('orders.csv.gpg', sealed);
    const runs = [
      () => kit.done(kit.prepare('as-a-file', [file])),
      () => kit.done(kit.prepare('from-a-pipe', ['-=shop']), { input: armored }),
      () => kit.done(kit.prepare('clear-pipe', ['-=shop']), { input: orders.bytes }),
    ];
    prepared = await inLanes(runs, [1, 2], (run) => run());
  });

  it('comes to the same as the clear file', async () => {
    expectSame(prepared[0]);
    expect(prepared[0].sources[0].sender).toBe('pfi-1');
    await expectFile(prepared[0]);
  });

  it('comes to the same from standard input, armored', async () => {
    expectSame(prepared[1]);
    expect(prepared[1].sources[0].sender).toBe('pfi-1');
    await expectFile(prepared[1]);
  });

  it('names no sender for clear text from standard input', () => {
    expectSame(prepared[2]);
    expect(prepared[2].sources[0].sender).toBeUndefined();
  });
});

describe('handoff prepare --preview of a source encrypted to us', () => {
  const show = (bytes: Uint8Array): string[] => {
    const source = kit.source('previewed.gpg', bytes);
    const sources = ['--incident', 'as-a-file', '--source', source];
    return [...kit.secret, 'handoff', 'prepare', ...sources, '--preview'];
  };

  it('names its sender', async () => {
    const shown = await kit.done(show(sealed));
    expect(shown['sources']).toEqual([expect.objectContaining({ sender: 'pfi-1' })]);
  });

  it('shows nothing before all of it proved whole and signed', async () => {
    const cut = await kit.refused(show(sealed.subarray(0, sealed.length - 40)));
    expect(cut.status).toBe(65);
    const unsigned = await kit.refused(show(await pfi.gpg.encrypt(orders.bytes, [ours])));
    expect(unsigned).toEqual({ status: 65, code: 'source-unsigned' });
  });
});

describe('handoff prepare --accept-unsigned', () => {
  const take = (name: string, bytes: Uint8Array, more: readonly string[] = []): string[] =>
    kit.prepare('accepted', [kit.source(`${name}.gpg`, bytes)], ['--accept-unsigned', ...more]);
  const why = ['--reason', 'told by phone whose it is', '--received', 'media'];

  beforeAll(() => kit.openIncident('accepted'));

  it('needs a reason: 64', async () => {
    const unsigned = await pfi.gpg.encrypt(orders.bytes, [ours]);
    expect(await kit.refused(take('unsigned', unsigned))).toEqual({
      ...{ status: 64, code: 'reason-required' },
    });
  });

  it('takes no source that was altered, or whose known sender did not sign this', async () => {
    expect(await kit.refused(take('altered', flipped(sealed), why))).toEqual({
      ...{ status: 65, code: 'source-altered' },
    });
  });

  it('takes one that a stranger signed, says so to the approver, and binds how it came', async () => {
    const { gpg, fingerprint } = kit.psp;
    const strange = await gpg.encrypt(orders.bytes, [ours], fingerprint);
    const made = await kit.done(take('strange', strange, why));
    expectSame(made);
    expect(made.sources).toMatchObject([{ form: 'encrypted-unsigned', received: 'media' }]);
    expect(made.sources[0].sender).toBeUndefined();
    const plan = join(kit.workspace, 'data/handoffs', made.handoff, 'plan.json');
    expect(JSON.parse(readFileSync(plan, 'utf8')).sources).toMatchObject([
      { unsigned: true, received: 'media' },
    ]);
    for (const [language, words] of [
      ['en', 'SIGNED BY NOBODY KNOWN'],
      ['ja', '登録済みの署名なし'],
    ] as const) {
      const { stdout } = await kit.run(['--lang', language, 'handoff', 'review', made.handoff]);
      expect(stdout).toContain(words);
    }
    const { entries } = await kit.done(['audit', 'tail', '--entries', '4']);
    const leaf = entries
      .map((entry: Document) => entry.leaf)
      .find(({ act }: Document) => act === 'handoff-prepare');
    expect(leaf.data).toMatchObject({
      ...{ senders: ['none'], forms: ['encrypted-unsigned'], received: ['media'] },
    });
    expect(leaf.data.reason).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('handoff prepare refuses a source that', () => {
  const cases: readonly (readonly [string, string, () => Promise<Uint8Array>])[] = [
    ['nobody signed', 'source-unsigned', () => pfi.gpg.encrypt(orders.bytes, [ours])],
    [
      'somebody else signed',
      'source-signer-unknown',
      async () => {
        const { gpg, fingerprint } = kit.psp;
        return gpg.encrypt(orders.bytes, [ours], fingerprint);
      },
    ],
    ['was altered', 'source-altered', () => Promise.resolve(flipped(sealed))],
    ['was cut off', 'source-truncated', () => Promise.resolve(sealed.slice(0, -400))],
    [
      'is encrypted to somebody else',
      'source-not-for-us',
      () => pfi.gpg.encrypt(orders.bytes, [pfi.fingerprint], pfi.fingerprint),
    ],
    [
      'is signed and not encrypted',
      'source-encryption-unsupported',
      async () => {
        const signing = ['--local-user', pfi.fingerprint, '--compress-algo', 'none', '--sign'];
        return (await pfi.gpg.do(signing, orders.bytes)).output;
      },
    ],
  ];

  const incidents = ['refused-a', 'refused-b'];
  let outcomes: readonly { readonly status: number; readonly code: string }[];

  beforeAll(async () => {
    for (const incident of incidents) await kit.openIncident(incident);
    const before = kit.traces();
    outcomes = await inLanes(cases, incidents, async ([, code, make], incident) => {
      return kit.refused(kit.prepare(incident, [kit.source(`${code}.gpg`, await make())]));
    });
    expect(kit.traces()).toEqual(before);
  });

  for (const [place, [what, code]] of cases.entries()) {
    it(`${what}: ${code}, exit 65`, () => {
      expect(outcomes[place]).toEqual({ status: 65, code });
    });
  }

  it('keeps no handoff of any of them', async () => {
    const { handoffs } = await kit.done(['handoff', 'list']);
    expect(handoffs.map(({ incident }: Document) => incident).sort()).toEqual([
      'accepted',
      ...clear,
    ]);
  });

  it('leaves no card number in what was printed', () => {
    const everything = kit.desk.printed.join('\n').replace(/[ -]/g, '');
    expect(orders.cards.filter((digits) => everything.includes(digits))).toEqual([]);
  });
});

function expectSame(prepared: Document): void {
  const { read, cards, excluded, held, warnings, references } = prepared;
  expect({ read, cards, excluded, held, warnings, references }).toEqual({
    ...{ read: expected.read, cards: expected.cards, excluded: expected.excluded },
    ...{ held: expected.held, warnings: expected.warnings, references: expected.references },
  });
}

/** The sealed file for amex holds its numbers in order; every incident counts its references from its own start. */
async function expectFile(prepared: Document): Promise<void> {
  const { file } = prepared.batches.find(({ recipient }: Document) => recipient === 'amex');
  const bytes = readFileSync(join(kit.workspace, 'data/outbox', file));
  const text = await openSealed(kit.amex, new Uint8Array(bytes), ours);
  expect(text).toBe(expected.files['amex']!.map(({ digits }) => `${digits}\n`).join(''));
}

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[Math.floor(copy.length / 2)]! ^= 1;
  return copy;
}
