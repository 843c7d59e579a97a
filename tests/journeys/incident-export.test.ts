import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { digestOf } from '../../src/domain/handoff/plan.ts';
import { alterations, AlteredKit } from '../support/altered-kit.ts';
import { alteredKit, checkedKit, relistKit } from '../support/auditor-kit.ts';
import { bytesBelow } from '../support/bytes-below.ts';
import type { Document } from '../support/cli.ts';
import { gpgTime } from '../support/gpg.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';
import type { Keyholder, Officer } from '../support/workspace-kit.ts';

const rng = seededRandom(77);
const cards = someCards(rng, 24);
const incident = 'shop-a-2020';

let desk: Kit;
let folder: string;
let key: string;
let older: string;
let made: Document;
let next: Keyholder;

beforeAll(async () => {
  desk = await Kit.create({ opens: 'credential' });
  await desk.openIncident(incident);
  await desk.testRecipients('psp', 'amex');
  const list = desk.put('list.csv', plainList(cards));
  const { handoff } = await desk.done(desk.prepare(incident, [list]));
  await desk.approve(handoff);
  const { checkpoint } = await desk.done(desk.deliver(handoff));
  older = desk.put('older.checkpoint', String(checkpoint.note ?? checkpoint));
  await desk.done([...desk.officer.acting, '--reason', 'over', 'incident', 'close', incident]);
  const { stdout } = await desk.run(['key', 'export', '--log']);
  key = desk.put('kept.vkey', stdout);
  // Whoever checks holds the first key of the log; the kit is signed by the one that followed it.
  for (const verb of ['rotate', 'retire']) {
    await desk.done([...exporting(), '--reason', 'yearly', 'key', verb, '--log']);
  }
  await replaceCertificate(desk.approver);
  folder = join(desk.desk.home, 'kit');
  made = await desk.done([...exporting(), 'incident', 'export', incident, folder]);
});
afterAll(() => desk.dispose());

/** Pins a new key of somebody who signed with the one before. */
async function replaceCertificate({ id, fingerprint }: Officer): Promise<void> {
  next = await desk.keyholder(`${id}-next`, 'gpg', { kind: 'ed25519' });
  const config = join(desk.workspace, 'config/officers.toml');
  const officers = readFileSync(config, 'utf8').replace(fingerprint, next.fingerprint);
  writeFileSync(config, officers);
  cpSync(next.certificate, join(desk.workspace, `keys/officers/${id}.asc`));
  await desk.putInForce();
}

const exporting = (): string[] => [...desk.secret, '--as', 'officer-1'];

const checked = (at: string, args: readonly string[], programs = '') =>
  checkedKit(at, args, desk.desk.home, programs);

async function check(at: string, args: readonly string[] = [key, older]) {
  const { status, lines } = await checked(at, args);
  return { status, said: lines.at(-1) };
}

const files = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

/** A copy with one change, checked. */
async function altered(change: (copy: string) => void) {
  const { status, lines } = await alteredKit(folder, [key, older], desk.desk.home, change);
  return { status, said: lines.at(-1) };
}

describe('incident export', () => {
  it('writes a kit that a stranger checks to "all holds"', async () => {
    expect(made).toMatchObject({ incident, handoffs: 1, files: files().length - tiles().length });
    expect(await check(folder)).toEqual({ status: 0, said: 'all holds' });
    expect(await check(folder, [])).toEqual({ status: 0, said: 'all holds' });
    // Named as they stand in the folder of whoever checks, which is not the kit's.
    const beside = [key, older].map((path) => relative(desk.desk.home, path));
    expect(await check(folder, beside)).toEqual({ status: 0, said: 'all holds' });
  });

  it('is not checked with a key that is not there: 2, and nothing is said of the kit', async () => {
    expect(await check(folder, ['nowhere.vkey'])).toEqual({ status: 2, said: '' });
  });

  it('holds plan, approval and signed command, each with a signature that gpg confirms', () => {
    const signed = readFileSync(join(folder, 'signatures.txt'), 'utf8');
    expect(signed).toMatch(/ handoffs\/h\w+\/plan\.json\n/);
    expect(signed).toMatch(/ handoffs\/h\w+\/approve-approver-1\.json\n/);
    expect(signed).toMatch(/ commands\/[0-9a-f]{32}\.json\n/);
    expect(made['signatures']).toBe(signed.trim().split('\n').length);
    const signatures = files().filter((name) => name.endsWith('.sig'));
    expect(signatures).toHaveLength(Number(made['signatures']));
  });

  it('holds each configuration that came into force, and the certificate of an officer as of then', () => {
    const signed = readFileSync(join(folder, 'signatures.txt'), 'utf8');
    for (const version of [1, 2]) {
      expect(signed).toContain(
        `${desk.officer.fingerprint} configuration/${version}/configuration.json`,
      );
      expect(signed).toContain(
        `${desk.approver.fingerprint} configuration/${version}/approve-approver-1.json`,
      );
    }
    const pinned = readFileSync(join(folder, 'people/officers.json'), 'utf8');
    expect(pinned).not.toContain(desk.approver.fingerprint);
    expect(existsSync(join(folder, `people/signers/${desk.approver.fingerprint}.asc`))).toBe(true);
  });

  it('holds a report, the entries about the incident and the texts they bind', () => {
    const text = (path: string): string => readFileSync(join(folder, path), 'utf8');
    expect(text('report.txt')).toContain('Kitsutsuki');
    const [, configuration] = text('report.txt').split(/^Configuration$/m);
    expect(configuration).toContain('officer-1 and approver-1 signed as');
    const entries = JSON.parse(text('entries/entries.json')) as Document[];
    expect(entries.map(({ leaf }) => leaf.act)).toEqual(
      expect.arrayContaining(['incident-open', 'handoff-approve', 'delivery-stored']),
    );
    expect(entries.some(({ leaf }) => leaf.act === 'officer-add')).toBe(false);
    expect(text('entries/texts.json')).toContain('checked');
  });

  it('proves each entry about the incident by itself, to this program too', async () => {
    const entries = JSON.parse(
      readFileSync(join(folder, 'entries/entries.json'), 'utf8'),
    ) as Document[];
    const expected = entries.flatMap(({ index }) => [`${index}.entry`, `${index}.tlog-proof`]);
    expect(readdirSync(join(folder, 'proofs')).sort()).toEqual(expected.sort());
    const [proof, entry] = ['tlog-proof', 'entry'].map((end) =>
      join(folder, `proofs/${entries.at(-1)!.index}.${end}`),
    );
    // A proof has no other entries by which a key could be followed: it takes the key of its time.
    const [kept, vkey] = readFileSync(join(folder, 'log/log.vkey'), 'utf8').trim().split('\n');
    expect(kept).toBe(readFileSync(key, 'utf8').trim());
    const verified = await desk.run(['audit', 'verify-proof', proof!, entry!, '--vkey', vkey!]);
    expect(verified.status).toBe(0);
  });

  it('holds the keys as they are, and the entries by which they came to be', () => {
    const read = (name: string): Document[] =>
      JSON.parse(readFileSync(join(folder, 'keys', name), 'utf8')) as Document[];
    const keys = read('keys.json');
    expect(keys.map(({ purpose }) => purpose)).toEqual(
      expect.arrayContaining(['openpgp', 'log', 'keyed-hash', 'recipient', 'officer']),
    );
    expect(keys.some(({ fingerprint }) => fingerprint === next.fingerprint)).toBe(true);
    const entries = read('entries.json');
    const [added] = entries.filter(({ leaf }) => leaf.data.officer === desk.approver.id);
    expect(added!.leaf).toMatchObject({
      ...{ act: 'officer-add', data: { fingerprint: desk.approver.fingerprint } },
    });
    expect(entries.map(({ leaf }) => leaf.act)).toEqual(
      expect.arrayContaining(['workspace-init', 'recipient-add', 'configuration-approve']),
    );
    expect(entries.some(({ leaf }) => leaf.act === 'delivery-stored')).toBe(false);
  });

  it('holds no card number', () => {
    const all = files().map((name) => readFileSync(join(folder, name), 'latin1'));
    for (const card of cards) {
      const digits = card;
      expect(all.some((content) => content.includes(digits))).toBe(false);
    }
  });

  it('is refused without an officer, for an unknown incident, and over what is there', async () => {
    const other = join(desk.desk.home, 'other');
    const command = ['incident', 'export', incident, other];
    expect(await desk.refused([...desk.secret, ...command])).toMatchObject({ status: 64 });
    expect(
      await desk.refused([...exporting(), 'incident', 'export', 'nobody', other]),
    ).toMatchObject({ code: 'incident-unknown' });
    expect(existsSync(other)).toBe(false);
    const again = [...exporting(), 'incident', 'export', incident, folder];
    expect(await desk.refused(again)).toEqual({ status: 73, code: 'file-exists' });
  });
});

const tiles = (): string[] => files().filter((name) => /^(?:log\/|SHA256SUMS$)/.test(name));

describe('check.sh of an altered kit', () => {
  let kit: AlteredKit;
  beforeAll(() => {
    kit = new AlteredKit(folder, [key, older], desk.desk.home);
  });
  afterAll(() => {
    kit.dispose();
  });
  /** Alters files of these, one group after another. */
  async function unnamed(
    groups: readonly (readonly string[])[],
    alter: (...paths: string[]) => void,
  ): Promise<string[]> {
    const wrong: string[] = [];
    for (const group of groups) wrong.push(...[(await kit.unnamed(group, alter)) ?? []].flat());
    return wrong;
  }

  it.each(Object.entries(alterations))('names any file that %s', async (_, alter) => {
    expect(kit.names.length).toBeGreaterThan(60);
    const each = kit.names.map((name) => [name]);
    expect(await unnamed(each, alter)).toEqual([]);
  });

  it('names two files that were swapped, and one too many in any folder', async () => {
    const half = Math.floor(kit.names.length / 2);
    const pairs = kit.names
      .slice(0, half)
      .map((name, at) => [name, kit.names[at + half]!] as const)
      .filter(([one, other]) => !kit.bytesOf(one).equals(kit.bytesOf(other)));
    expect(pairs.length).toBeGreaterThan(half - 5);
    const swap = (one: string, other: string): void => {
      renameSync(one, `${one}.old`);
      renameSync(other, one);
      renameSync(`${one}.old`, other);
    };
    expect(await unnamed(pairs, swap)).toEqual([]);
    const more = kit.folders.flatMap((at) => [[join(at, 'more.txt')], [join(at, '.more')]]);
    const add = (path: string): void => {
      writeFileSync(path, 'x');
    };
    expect(await unnamed(more, add)).toEqual([]);
  });

  it.each(['README.md', 'README.ja.md'])('is checked by hand as %s says', async (readme) => {
    const { status, lines } = await kit.followByHand(readme);
    expect(status).toBe(0);
    expect(lines[0]).toMatch(/^entries: \d+$/);
    expect(lines).toContain('all holds');
    expect(lines.some((line) => line.startsWith('gpg: Good signature'))).toBe(true);
  });

  it('finds a document that was altered together with the list', async () => {
    const name = files().find((path) => path.endsWith('/batches.json'))!;
    const { said } = await altered((copy) => {
      const path = join(copy, name);
      writeFileSync(path, readFileSync(path, 'utf8').replace('stored', 'failed'));
      relistKit(copy);
    });
    expect(said).toMatch(/^does not hold: the log, or what it has to name/);
  });

  it('does not believe the key that came along where another one was kept', async () => {
    const other = desk.put(
      'other.vkey',
      readFileSync(key, 'utf8').replace(/^[^+]*/, 'else.invalid'),
    );
    expect((await check(folder, [other])).status).toBe(1);
  });
});

describe('check.sh of a forged kit', () => {
  const alter = (copy: string): void => {
    const path = join(
      copy,
      files().find((name) => name.endsWith('/batches.json'))!,
    );
    writeFileSync(path, readFileSync(path, 'utf8').replace('stored', 'failed'));
  };

  it.each([
    ['log/tile/entries', 'log/tile/entries'],
    ['log', 'log'],
    ['told.json', 'told.json'],
  ])('refuses a link in the place of %s', async (_name, at) => {
    const { status, said } = await altered((copy) => {
      renameSync(join(copy, at), join(desk.desk.home, 'moved'));
      symlinkSync(join(desk.desk.home, 'moved'), join(copy, at));
    });
    rmSync(join(desk.desk.home, 'moved'), { recursive: true });
    expect([status, said]).toEqual([1, 'does not hold: neither files nor folders (above)']);
  });

  it('believes no entry that stands beside those that were checked', async () => {
    const { status, said } = await altered((copy) => {
      alter(copy);
      relistKit(copy);
      const claim = `"manifest":"${digestOf(readFileSync(join(copy, 'SHA256SUMS')))}"`;
      writeFileSync(join(copy, 'log/tile/entries/more'), claim);
      writeFileSync(join(copy, 'log/README.md'), claim);
    });
    expect([status, said]).toEqual([1, expect.stringMatching(/^does not hold: the log/)]);
  });

  it('runs no module that lies beside the verifier', async () => {
    const { status } = await altered((copy) => {
      alter(copy);
      const spoken = 'import os\nprint("all holds", flush=True)\nos._exit(0)\n';
      writeFileSync(join(copy, 'argparse.py'), spoken);
      relistKit(copy, 'argparse.py');
    });
    expect(status).toBe(1);
  });

  it('finds what was said with a command that is not what its officer signed for', async () => {
    const name = files().find((path) => path.endsWith('.said.json'))!;
    const { status, said } = await altered((copy) => {
      const path = join(copy, name);
      writeFileSync(path, readFileSync(path, 'utf8').replace(/"reason":"/, '$&not '));
      writeFileSync(join(copy, 'verify_log.py'), '');
      relistKit(copy);
    });
    expect([status, said]).toEqual([1, `does not hold: ${name}: not what was signed for`]);
  });

  it('misses a signature that the list of signatures leaves out', async () => {
    const { status, said } = await altered((copy) => {
      const path = join(copy, 'signatures.txt');
      writeFileSync(path, readFileSync(path, 'utf8').replace(/^.*plan\.json\n/m, ''));
      // As if the owner of the log had left it out: a verifier that agrees with everything.
      writeFileSync(join(copy, 'verify_log.py'), '');
      relistKit(copy);
    });
    expect([status, said]).toEqual([
      1,
      'does not hold: signatures.txt does not list every signature',
    ]);
  });
});

describe('check.sh where gpg knows more of a certificate', () => {
  const approval = (): string => files().find((name) => name.endsWith('/approve-approver-1.json'))!;

  /** Checks with a gpg that has this form of the approver's certificate as well, and perhaps a later clock. */
  async function knowing(certificate: Uint8Array | string, clock = '') {
    const programs = join(desk.desk.home, 'programs');
    mkdirSync(programs, { recursive: true });
    const known = desk.put('known.gpg', certificate);
    const lines = [
      '#!/bin/sh',
      `case "$*" in *--import*) exec /usr/bin/gpg ${clock} "$@" ${known} ;; esac`,
      `exec /usr/bin/gpg ${clock} "$@"`,
    ];
    writeFileSync(join(programs, 'gpg'), `${lines.join('\n')}\n`, { mode: 0o755 });
    return checked(folder, [key, older], `${programs}:`);
  }

  const passphraseFile = (): string => join(desk.desk.home, `${desk.approver.id}.passphrase`);

  async function expiring(when: readonly string[]): Promise<Uint8Array> {
    const { gpg, fingerprint } = desk.approver;
    const secret = readFileSync(passphraseFile(), 'utf8');
    await gpg.do([...when.slice(1), '--quick-set-expire', fingerprint, when[0]!], '', secret);
    return gpg.exportKey(fingerprint);
  }

  it('refuses what was signed after it had expired', async () => {
    const { gpg } = desk.approver;
    const { output } = await gpg.do(['--with-colons', '--list-keys']);
    const created = Number(/^pub(?::[^:]*){4}:(\d+):/m.exec(new TextDecoder().decode(output))![1]);
    const then = gpgTime(new Date((created + 1) * 1000));
    const form = await expiring(['seconds=1', '--faked-system-time', `${then}!`]);
    const { status, lines } = await knowing(form);
    expect([status, lines.at(-1)]).toEqual([
      1,
      expect.stringMatching(/^does not hold: .*: signed after the certificate had expired$/),
    ]);
  });

  it('names one that has expired since', async () => {
    const { status, lines } = await knowing(
      await expiring(['1y']),
      '--faked-system-time 20400101T000000',
    );
    expect([status, lines.at(-1)]).toEqual([0, 'all holds']);
    expect(lines).toContain(`${approval()}: the certificate has expired since it was signed`);
  });

  it.each([
    ['3', 0, /: the certificate was replaced or retired after it was signed$/],
    ['1', 1, /^does not hold: .*: the certificate that signed it was revoked$/],
  ])('weighs one that was revoked for reason %s', async (reason, holds, said) => {
    const { gpg, fingerprint } = desk.approver;
    const answers = `y\n${reason}\n\ny\n`;
    const unlocking = ['--pinentry-mode', 'loopback', '--passphrase-file', passphraseFile()];
    const asked = ['--homedir', gpg.path, '--no-tty', '--command-fd', '0', ...unlocking];
    const making = promisify(execFile)('gpg', [...asked, '--gen-revoke', fingerprint]);
    making.child.stdin!.end(answers);
    const { status, lines } = await knowing((await making).stdout);
    expect(status).toBe(holds);
    expect(lines.some((line) => said.test(line))).toBe(true);
  });
});

describe('incident export after an early purge', () => {
  const purging = (...more: readonly string[]): string[] => [
    ...['--as', 'officer-1', '--reason', 'not needed', 'purge', 'incident', incident, '--early'],
    ...['--second', 'approver-1', ...more],
  ];

  /** Unlike `Kit.refused`, which signs for the officer. */
  const unsigned = async (args: readonly string[]): Promise<string> =>
    (await desk.desk.json(['--workspace', desk.workspace, ...args])).document['error'].code;
  const after = (): string => join(desk.desk.home, 'kit-after');
  const spoken = ['Ms Told-On-The-Telephone', 'Mr Mistyped', 'ORDER-A-1044', 'Ms Never-Signed'];
  const table = 'order,exception\nORDER-B-1044,fee-charged\n';
  const left = (at: string): string[] =>
    [...spoken, digestOf(Buffer.from(table))].filter((text) => bytesBelow(at).includes(text));

  it('has signed commands about it with what was said, until it is purged', async () => {
    const word = (batch: string, by: string): string[] => [
      ...['--as', 'officer-1', 'handoff', 'record', batch, '--rung', 'received', '--by', by],
      ...['--at', new Date().toISOString(), '--channel', 'phone'],
    ];
    const { handoffs } = await desk.done(['handoff', 'list']);
    const { batches } = await desk.done(['handoff', 'show', handoffs[0].handoff]);
    const [{ batch }] = batches as [Document];
    await desk.done(word(batch, spoken[0]!));
    expect((await desk.refused(word('b-mistyped', spoken[1]!))).code).toBe('batch-unknown');
    const { issuers } = (await desk.json(['incident', 'readiness', incident])).document;
    const noted = ['waiver', 'except', incident, '--issuer', issuers[0].issuer, '--by', 'S'];
    const except = ['--as', 'officer-1', ...noted, '--channel', 'mail'];
    for (const which of [
      ['--order', spoken[2]!, '--exception', 'fee-charged'],
      ['--file', desk.put('exceptions.csv', table)],
    ]) {
      expect((await desk.refused([...except, ...which])).code).toBe('exceptions-unplaced');
    }
    expect(await unsigned(word(batch, spoken[3]!))).toBe('command-unsigned');
    expect(left(desk.workspace)).toHaveLength(5);
  });

  it('holds what the second officer signed, and is refused without it', async () => {
    expect(await desk.refused(purging())).toMatchObject({ code: 'purge-second-required' });
    const statement = join(desk.workspace, 'data/incidents', incident, 'purge.json');
    const signature = await next.gpg.detachSign(readFileSync(statement), next.fingerprint);
    await desk.done(purging('--second-signature', desk.put('second.sig', signature)));
    const exportAgain = [...exporting(), 'incident', 'export', incident, after()];
    renameSync(`${statement}.sig`, `${statement}.away`);
    expect(await desk.refused(exportAgain)).toEqual({ status: 78, code: 'signed-document-lost' });
    renameSync(`${statement}.away`, `${statement}.sig`);
    await desk.done(exportAgain);
    expect(await check(after())).toEqual({ status: 0, said: 'all holds' });
    const signed = readFileSync(join(after(), 'signatures.txt'), 'utf8');
    expect(signed).toContain(`${next.fingerprint} purge.json\n`);
    expect(signed).toContain(`${desk.approver.fingerprint} handoffs/`);
    expect(await check(folder)).toEqual({ status: 0, said: 'all holds' });
  });

  it('leaves nothing of what was said, while each signature over a command holds', async () => {
    expect([...left(desk.workspace), ...left(after())]).toEqual([]);
    const commands = readdirSync(join(after(), 'commands'));
    const statements = commands.filter((name) => /^[0-9a-f]+\.json$/.test(name));
    expect(statements.length).toBeGreaterThan(4);
    const text = (name: string): string => readFileSync(join(after(), 'commands', name), 'utf8');
    // What is left is why it was purged, and tests of recipients, which are not the incident's.
    const kept = new Set(commands.filter((name) => name.endsWith('.said.json')));
    const [bare, others] = [false, true].map((isKept) =>
      statements.filter((name) => kept.has(name.replace('.json', '.said.json')) === isKept),
    ) as [string[], string[]];
    const words = others.map((name) => String(JSON.parse(text(name)).command));
    expect(new Set(words)).toEqual(
      new Set(['purge incident', 'recipient confirm', 'recipient test']),
    );
    expect(words.filter((each) => each === 'purge incident')).toHaveLength(1);
    const { lines } = await checked(after(), [key]);
    expect(lines.filter((line) => line.endsWith('purged'))).toEqual(
      bare.sort().map((name) => `commands/${name}: what was said with it was purged`),
    );
    expect(Object.keys(JSON.parse(text(bare[0]!)))).toEqual(
      ['at', 'command', 'mode', 'nonce', 'officer', 'said', 'type', 'workspace'].sort(),
    );
    expect((await desk.run(['audit', 'verify'])).status).toBe(0);
  });

  it('keeps nothing of what is said with a command afterwards', async () => {
    const late = 'told of what is gone';
    const as = ['--as', 'officer-1', '--reason', late];
    const purged = 'incident-purged';
    expect((await desk.refused([...as, 'purge', 'incident', incident])).code).toBe(purged);
    const source = ['purge', 'source', join(desk.desk.home, 'list.csv'), '--force-reason', late];
    await desk.done([...as, ...source]);
    expect(await unsigned([...as, 'incident', 'told', incident, 'desk'])).toBe(purged);
    expect(bytesBelow(desk.workspace).includes(late)).toBe(false);
  });
});
