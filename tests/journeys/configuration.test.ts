import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { incidentToml } from '../support/shop-incident.ts';
import { makeLoginKey } from '../support/pickup.ts';
import { Kit } from '../support/workspace-kit.ts';

const rng = seededRandom(78);

let kit: Kit;
let list: string;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill' });
  await kit.openIncident('shop-a-2020');
  list = kit.put('list.csv', plainList(someCards(rng, 8)));
});

afterAll(() => kit.dispose());

/** Runs `act` with a changed configuration file, and puts the file back. */
async function withChange<T>(
  file: string,
  change: (text: string) => string,
  act: () => Promise<T>,
): Promise<T> {
  const path = join(kit.workspace, 'config', file);
  const text = readFileSync(path, 'utf8');
  expect(change(text)).not.toBe(text);
  writeFileSync(path, change(text));
  try {
    return await act();
  } finally {
    writeFileSync(path, text);
  }
}

type Mistake = readonly [string, string, string, string, (text: string) => string];

const mistakes: readonly Mistake[] = [
  [
    'an unknown key',
    'mimamori.toml',
    'config-unknown-key',
    'requird',
    replacing('required', 'requird'),
  ],
  [
    'a wrong type',
    'mimamori.toml',
    'config-invalid',
    'required',
    replacing('required = 1', 'required = "1"'),
  ],
  ['no TOML', 'mimamori.toml', 'config-syntax', 'mimamori.toml', (text) => `${text}\n[[`],
  [
    'another mode than at init',
    'mimamori.toml',
    'mode-changed',
    'drill',
    replacing('mode = "drill"', 'mode = "live"'),
  ],
  [
    'a zone that is none',
    'mimamori.toml',
    'config-invalid',
    'time_zone',
    replacing('"Asia/Tokyo"', '"Asia/Edo"'),
  ],
  [
    'a recipient without a pinned host key',
    'recipients.toml',
    'config-missing-key',
    'host_keys',
    (text) => text.replace(/^host_keys = .*$/m, ''),
  ],
  [
    'a recipient without a fingerprint',
    'recipients.toml',
    'config-missing-key',
    'fingerprint',
    (text) => text.replace(/^fingerprint = .*$/m, ''),
  ],
  [
    'two recipients with one key',
    'recipients.toml',
    'config-fingerprint-shared',
    'amex',
    (text) => text.replaceAll(kit.amex.fingerprint, kit.psp.fingerprint),
  ],
  [
    'an unknown role',
    'officers.toml',
    'config-invalid',
    'roles',
    replacing('"approver"', '"boss"'),
  ],
];

describe('a configuration with', () => {
  for (const [what, file, code, named, change] of mistakes) {
    it(`${what}: ${code}, exit 78, names ${named}`, async () => {
      const { status, document } = await withChange(file, change, () => kit.json(['status']));
      const { error } = document;
      expect([status, error.code]).toEqual([78, code]);
      expect(`${error.message} ${error.hint}`).toContain(named);
      expect(error.hint).not.toBe('');
    });
  }

  it('nothing wrong passes', async () => {
    expect((await kit.json(['status'])).status).toBe(0);
  });
});

describe('files', () => {
  it('a workspace that is none: exit 78', async () => {
    const { status, document } = await kit.desk.json(['--workspace', kit.desk.folder, 'status']);
    expect([status, document.error.code]).toEqual([78, 'config-file-missing']);
  });

  it('a secret that others may read: exit 78; a wrong or missing one: exit 77', async () => {
    const [, file] = kit.secret;
    const args = kit.prepare('shop-a-2020', [list]);
    chmodSync(file!, 0o640);
    expect(await kit.refused(args)).toEqual({ status: 78, code: 'secret-readable-by-others' });
    chmodSync(file!, 0o600);
    const wrong = kit.put('wrong', 'some other passphrase');
    const guessed = args.map((argument) => (argument === file ? wrong : argument));
    expect(await kit.refused(guessed)).toEqual({ status: 77, code: 'passphrase-wrong' });
    expect(await kit.refused(args.slice(2))).toEqual({ status: 77, code: 'passphrase-missing' });
  });

  it('a key file that was cut short: exit 78', async () => {
    const path = join(kit.workspace, 'keys/workspace.key.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.slice(0, -20));
    expect(await kit.refused(kit.prepare('shop-a-2020', [list]))).toEqual({
      ...{ status: 78, code: 'key-file-altered' },
    });
    writeFileSync(path, text);
    expect((await kit.done(['handoff', 'list'])).handoffs).toEqual([]);
  });

  it('a spec with an unknown key: exit 78', async () => {
    const spec = kit.put('spec.toml', 'knd = "orders"\n');
    const { status, document } = await kit.json(kit.prepare('shop-a-2020', [`${list}=${spec}`]));
    expect([status, document.error.code]).toEqual([78, 'config-unknown-key']);
    expect(document.error.message).toContain('knd');
  });

  it('init: exit 73 where something stands, 64 without an anchor for a live workspace', async () => {
    const init = [...kit.secret, 'init'];
    expect(await kit.refused([...init, kit.workspace, '--openpgp', 'ed25519'])).toEqual({
      ...{ status: 73, code: 'file-exists' },
    });
    expect(await kit.refused([...init, join(kit.desk.root, 'new'), '--mode', 'live'])).toEqual({
      ...{ status: 64, code: 'usage' },
    });
  });
});

describe('incident open', () => {
  const cases: readonly (readonly [string, string, (text: string) => string])[] = [
    ['route-recipient-unknown', 'nobody', replacing('recipient = "psp"', 'recipient = "nobody"')],
    ['route-brand-unknown', 'vista', replacing('brand = "visa"', 'brand = "vista"')],
    ['window-reversed', 'web', replacing('from = 2019-12-16', 'from = 2020-12-16')],
    ['config-unknown-key', 'chanels', replacing('channels', 'chanels')],
  ];
  for (const [code, named, change] of cases) {
    it(`refuses ${code}: exit 78`, async () => {
      const file = kit.put(`${code}.toml`, change(incidentToml('shop-b')));
      const { status, document } = await kit.json(['--as', 'officer-1', 'incident', 'open', file]);
      expect([status, document.error.code]).toEqual([78, code]);
      expect(document.error.message).toContain(named);
    });
  }

  it('refuses the same incident twice: exit 65', async () => {
    const again = [
      '--as',
      'officer-1',
      'incident',
      'open',
      kit.put('a.toml', incidentToml('shop-a-2020')),
    ];
    expect(await kit.refused(again)).toEqual({ status: 65, code: 'incident-exists' });
  });
});

describe('officer add', () => {
  it('is refused for an id that is there, also disabled, and blames no file: 65', async () => {
    const { certificate, fingerprint } = await kit.keyholder('officer-9', 'gpg', {
      kind: 'ed25519',
    });
    const given = ['--name', 'Nine', '--certificate', certificate, '--fingerprint', fingerprint];
    const add = ['officer', 'add', 'approver-1', '--roles', 'officer', ...given];
    expect(await kit.refused(add)).toEqual({ status: 65, code: 'config-id-taken' });
    const { stdout, stderr } = await kit.run(['--lang', 'en', ...add]);
    expect(stdout + stderr).toMatch(/approver-1 stands in config\/officers\.toml already/);
    expect(stderr).toContain('mimamori officer list');
  });
});

describe('recipient add', () => {
  async function refusedFor(certificate: string, fingerprint: string): Promise<unknown> {
    const confirmed = ['--fingerprint', fingerprint, '--confirmed-by', 'by phone'];
    const command = ['recipient', 'add', 'new', '--certificate', certificate, ...confirmed];
    return kit.refused(['--as', 'officer-1', ...command, '--manual', kit.desk.folder]);
  }

  it('refuses another fingerprint, a private key, a key that only signs: exit 65', async () => {
    const { gpg, certificate, fingerprint } = await kit.keyholder('new', 'gpg', {
      kind: 'ed25519',
    });
    const other = fingerprint.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    expect(await refusedFor(certificate, other)).toEqual({
      ...{ status: 65, code: 'certificate-fingerprint-mismatch' },
    });
    const secret = kit.put('secret.gpg', await gpg.exportSecretKey(fingerprint));
    expect(await refusedFor(secret, fingerprint)).toEqual({
      status: 65,
      code: 'certificate-private',
    });
    const signing = await kit.keyholder('signing', 'gpg', { kind: 'ed25519', signOnly: true });
    expect(await refusedFor(signing.certificate, signing.fingerprint)).toEqual({
      ...{ status: 65, code: 'certificate-cannot-encrypt' },
    });
  });

  it('takes a short RSA key only with a recorded reason', async () => {
    const old = await kit.keyholder('old', 'gpg1', { kind: 'rsa', bits: 2048 });
    expect(await refusedFor(old.certificate, old.fingerprint)).toEqual({
      ...{ status: 65, code: 'certificate-rsa-short' },
    });
    const reason = ['--reason', 'their gateway is replaced in spring', '--allow', 'rsa-2048'];
    await kit.addRecipient('old', old, ['--manual', kit.desk.folder, ...reason]);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '1']);
    expect(entries[0].leaf.data.weaknesses).toEqual(['rsa-2048']);
  });
});

describe('recipient update', () => {
  it('is an officer, and confirms a new certificate, host key or address: exit 64', async () => {
    const update = ['recipient', 'update', 'amex'];
    expect(await kit.refused([...update, '--name', 'x'])).toEqual({
      ...{ status: 64, code: 'officer-required' },
    });
    const by = ['--as', 'officer-1', ...update];
    const { certificate, fingerprint } = kit.psp;
    const unconfirmed = { status: 64, code: 'recipient-unconfirmed' };
    const swapped = [...by, '--certificate', certificate, '--fingerprint', fingerprint];
    expect(await kit.refused(swapped)).toEqual(unconfirmed);
    expect(await kit.refused([...by, '--manual', kit.desk.folder])).toEqual(unconfirmed);
    const otherPin = ['--host-key', `SHA256:${'k'.repeat(43)}`];
    expect(
      await kit.refused(['--as', 'officer-1', 'recipient', 'update', 'psp', ...otherPin]),
    ).toEqual(unconfirmed);
  });

  it('keeps the confirmation, and binds the loaded entry and the reason', async () => {
    const { recipient: before } = await kit.done(['recipient', 'show', 'psp']);
    const change = ['--allow-algorithm', 'ssh-rsa', '--reason', 'replaced in spring'];
    await kit.done(['--as', 'officer-1', 'recipient', 'update', 'psp', ...change]);
    const { recipient } = await kit.done(['recipient', 'show', 'psp']);
    expect(recipient.confirmed_at).toBe(before.confirmed_at);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '1']);
    expect(entries[0].leaf).toMatchObject({ actor: 'officer-1', act: 'recipient-update' });
    expect(entries[0].leaf.data.entrySha256).toBe(sha256OfSorted(recipient));
    expect(entries[0].leaf.data.reason).toBeDefined();
  });

  it('sets delivery hours, keeps what is not named, and takes them away', async () => {
    const update = (...terms: string[]): string[] => [
      ...['--as', 'officer-1', 'recipient', 'update', 'psp', ...terms],
    ];
    const hours = async (): Promise<unknown> =>
      (await kit.done(['recipient', 'show', 'psp'])).recipient.delivery_hours;
    expect(await kit.refused(update('--delivery-days', 'bank'))).toEqual({
      ...{ status: 64, code: 'usage' },
    });
    const between = ['09:00-12:00', '13:00-15:00'];
    await kit.done(update('--delivery-hours', between.join(), '--delivery-days', 'bank'));
    expect(await hours()).toEqual({ between, days: 'bank', time_zone: 'Asia/Tokyo' });
    await kit.done(update('--delivery-time-zone', 'UTC'));
    expect(await hours()).toEqual({ between, days: 'bank', time_zone: 'UTC' });
    await kit.done(update('--name', 'PSP'));
    expect(await hours()).toMatchObject({ between });
    const wrong = { status: 64, code: 'usage' };
    for (const spans of ['15:00-09:00', '09:00-12:00,10:00-11:00']) {
      expect(await kit.refused(update('--delivery-hours', spans))).toEqual(wrong);
    }
    await kit.done(update('--delivery-hours', 'none'));
    expect(await hours()).toBe(undefined);
  });

  it('says when answers are fetched, of a directory alone', async () => {
    const update = (...terms: readonly string[]): readonly string[] => [
      ...['--as', 'officer-1', 'recipient', 'update', 'psp', ...terms],
    ];
    const between = ['09:00-12:00', '13:00-15:00'];
    const spans = ['--answers-hours', between.join()];
    const wrong = { status: 64, code: 'usage' };
    const weekdays = ['--answers-from', '/answers', ...spans, '--answers-days', 'weekdays'];
    for (const terms of [spans, ['--answers-days', 'bank'], weekdays]) {
      expect(await kit.refused(update(...terms)), terms.join(' ')).toEqual(wrong);
    }
    await kit.done(update('--answers-from', '/answers', ...spans, '--answers-days', 'bank'));
    const hours = async (): Promise<unknown> =>
      (await kit.done(['recipient', 'show', 'psp'])).recipient.answers.hours;
    expect(await hours()).toEqual({ between, days: 'bank', time_zone: 'Asia/Tokyo' });
    const { stdout } = await kit.run(['--lang', 'en', 'recipient', 'show', 'psp']);
    expect(stdout).toMatch(/09:00-12:00, 13:00-15:00 · days on which banks/);
    expect(await kit.refused(update('--answers-hours', '09:00-09:10'))).toEqual(wrong);
    expect(await kit.refused(update('--answers-from', 'none'))).toEqual(wrong);
    expect(await hours()).toMatchObject({ between });
    await kit.done(update('--answers-hours', 'none', '--answers-from', 'none'));
    expect(await hours()).toBe(undefined);
  });

  it('says by when an offer is to be fetched, of those alone who fetch', async () => {
    const wrong = { status: 64, code: 'usage' };
    const ofServer = ['--as', 'officer-1', 'recipient', 'update', 'psp', '--pickup-within', '24'];
    expect(await kit.refused(ofServer)).toEqual(wrong);
    const holder = await kit.keyholder('term', 'gpg', { kind: 'ed25519' });
    const key = `${makeLoginKey(kit, 'term-login')}.pub`;
    const term = ['--pickup-key', key, '--pickup-within', '1-bank-days-15:00'];
    await kit.addRecipient('term', holder, term);
    const known = async (): Promise<unknown> =>
      (await kit.done(['recipient', 'show', 'term'])).recipient.pickup;
    const within_days = { count: 1, of: 'bank', cut_off: '15:00' };
    expect(await known()).toEqual({ within_days });
    const { stdout } = await kit.run(['--lang', 'en', 'recipient', 'show', 'term']);
    expect(stdout).toMatch(/Pickup term .*banks in Japan are open, by 15:00 in Tokyo/);
    const update = ['--as', 'officer-1', 'recipient', 'update', 'term'];
    for (const bad of ['8785', '61-bank-days', '1-bank-days-24:00', '15:00']) {
      expect(await kit.refused([...update, '--pickup-within', bad]), bad).toEqual(wrong);
    }
    const place = join(kit.desk.folder, 'term');
    const folder = [...update, '--manual', place, '--confirmed-by', 'by phone'];
    expect(await kit.refused(folder)).toEqual(wrong);
    await kit.done([...update, '--name', 'Term']);
    expect(await known()).toEqual({ within_days });
    const { document } = await kit.json(['config', 'diff']);
    expect(JSON.stringify(document)).toContain('"pickup.within_days.cut_off"');
    await kit.done([...update, '--pickup-within', '24']);
    expect(await known()).toEqual({ within_hours: 24 });
    await kit.done([...folder, '--pickup-within', 'none']);
    expect(await known()).toBe(undefined);
  });

  it('says how long an offer waits, of those alone who fetch', async () => {
    const days = ['--offer-days', '14'];
    const ofServer = ['--as', 'officer-1', 'recipient', 'update', 'psp', ...days];
    expect(await kit.refused(ofServer)).toEqual({ status: 64, code: 'usage' });
    const holder = await kit.keyholder('box', 'gpg', { kind: 'ed25519' });
    const key = `${makeLoginKey(kit, 'box-login')}.pub`;
    await kit.addRecipient('box', holder, ['--pickup-key', key, ...days]);
    const offerDays = async (): Promise<unknown> =>
      (await kit.done(['recipient', 'show', 'box'])).recipient.endpoints[0].offer_days;
    expect(await offerDays()).toBe(14);
    const update = ['--as', 'officer-1', 'recipient', 'update', 'box', '--offer-days'];
    const { status, document } = await kit.json([...update, '91']);
    expect([status, document.error.code]).toEqual([64, 'usage']);
    // The help of the program has none of these options, and that of the command none that every command has.
    expect(document.error.hint).toBe('mimamori recipient update --help');
    const reason = await kit.json([...update, '14', '--reason', '4111 1111 1111 1111']);
    expect(reason.document.error.hint).toBe('mimamori --help');
    const naming = ['--name-pattern', '{batch}.pgp', '--name-length-max', '40'];
    await kit.done([...update, '14', ...naming]);
    const next = `${makeLoginKey(kit, 'box-next')}.pub`;
    await kit.done([...update.slice(0, -1), '--pickup-key', next, '--confirmed-by', 'by phone']);
    expect((await kit.done(['recipient', 'show', 'box'])).recipient.endpoints).toEqual([
      {
        ...{ kind: 'pickup', offer_days: 14, name_pattern: '{batch}.pgp', name_length_max: 40 },
        keys: [expect.stringContaining(readFileSync(next, 'utf8').split(' ')[1]!)],
      },
    ]);
    await kit.done([...update, 'none']);
    expect(await offerDays()).toBe(undefined);
  });
});

describe('usage', () => {
  it('unknown commands, options and ids: exit 64', async () => {
    const wrong = [
      ...[
        ['handof', 'list'],
        ['handoff', 'list', '--incidnt', 'x'],
        ['handoff', 'prepare'],
      ],
      ...[
        ['handoff', 'show', 'h2222222'],
        ['incident', 'show', 'shop-z'],
      ],
    ];
    for (const args of wrong) expect((await kit.refused(args)).status).toBe(64);
    expect((await kit.refused(kit.prepare('shop-z', [list]))).status).toBe(64);
  });

  it('acts without an officer: exit 64; by one who is unknown or may not: exit 77', async () => {
    const prepare = ['handoff', 'prepare', '--incident', 'shop-a-2020', '--source', list];
    const refused = (...as: readonly string[]): Promise<{ status: number; code: string }> =>
      kit.refused([...kit.secret, ...as, ...prepare]);
    expect(await refused()).toEqual({ status: 64, code: 'officer-required' });
    expect(await refused('--as', 'officer-9')).toEqual({ status: 77, code: 'officer-unknown' });
    expect(await refused('--as', 'approver-1')).toEqual({ status: 77, code: 'role-missing' });
  });
});

/** Keys in order and nothing between: canonical JSON of plain texts and numbers, made without the project's encoder. */
function sha256OfSorted(value: unknown): string {
  const text = JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
  return createHash('sha256').update(text).digest('hex');
}

function replacing(from: string, to: string): (text: string) => string {
  return (text) => text.replace(from, to);
}
