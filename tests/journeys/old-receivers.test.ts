import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { cardDigits, seededRandom } from '../support/seeded-cards.ts';
import type { Sshd } from '../support/sshd.ts';
import { Kit } from '../support/workspace-kit.ts';

const rng = seededRandom(20);
let kit: Kit;
let norename: Sshd;
let lists = 0;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill' });
  norename = await kit.startServer({
    config: ['ForceCommand internal-sftp -P rename,posix-rename'],
  });
  await update('psp', ...kit.endpointOf(norename), ...countedNames);
  await update('amex', '--name-pattern', 'cards-{batch}.pgp', '--name-case', 'lower');
  await kit.openIncident('shop-a-2020');
});

afterAll(() => kit.dispose());

const countedNames = [
  ...['--rename', 'none', '--name-pattern', 'MM{mode}_{date}_{sequence}.PGP'],
  ...['--name-case', 'upper', '--name-length-max', '32', '--sequence', 'start=201,width=5'],
  ...['--control-file', '{stem}.CTL', '--control-content', 'details', '--control-newline', 'crlf'],
];

function update(id: string, ...options: string[]): Promise<Document> {
  return kit.done(['--as', 'officer-1', 'recipient', 'update', id, ...options]);
}

/** Of four brands, so that every recipient has its batch. */
async function approved(): Promise<Document> {
  const amex = cardDigits(rng, { prefix: '370015', length: 15 }).join('');
  const file = kit.put(`list-${lists++}.csv`, plainList([...someCards(rng, 8), amex]));
  const prepared = await kit.done(kit.prepare('shop-a-2020', [file]));
  await kit.approve(prepared.handoff);
  return prepared;
}

/** What became of the batch of one recipient, and the exit status. */
async function delivered(prepared: Document, recipient = 'psp'): Promise<Document> {
  const { status, document } = await kit.json([
    ...kit.deliver(prepared.handoff),
    ...['--recipient', recipient],
  ]);
  const report = document.reports[0];
  const batch = document.batches.find((known: Document) => known.batch === report.batch);
  return { ...batch, status, ...report };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const inbox = (): string[] => readdirSync(norename.directory).sort();

async function lastLeaves(count: number): Promise<Document[]> {
  const { entries } = await kit.done(['audit', 'tail', '--entries', String(count)]);
  return entries.map(({ leaf }: Document) => leaf);
}

/** Number of the first entry of an act about a batch. */
async function firstOf(act: string, batch: string): Promise<number> {
  const { entries } = await kit.done(['audit', 'tail', '--entries', '40']);
  return entries.find(({ leaf }: Document) => leaf.act === act && leaf.data.batch === batch).number;
}

describe('a receiver without rename, with its own names, running numbers and a control file', () => {
  let first: Document;

  it('stands in the plan, for the approver to see', async () => {
    first = await approved();
    const { stdout } = await kit.run(['--lang', 'en', 'handoff', 'review', first.handoff]);
    expect(stdout).toContain('MM{mode}_{date}_{sequence}.PGP');
    expect(stdout).toContain('{stem}.CTL');
    const { recipient } = await kit.done(['recipient', 'show', 'psp']);
    expect(recipient.endpoints[0]).toMatchObject({ rename: 'none', name_case: 'upper' });
  });

  it('reads a test file back under a name of the same form, with number 0', async () => {
    const command = [...kit.secret, '--as', 'officer-1', 'recipient', 'test', 'psp'];
    const { file, state } = await kit.done(command);
    expect(state).toBe('stored');
    expect(file).toMatch(/^MMTEST_\d{8}_00000\.PGP$/);
    expect(inbox()).toEqual([file.replace('.PGP', '.CTL'), file]);
    const described = readFileSync(join(norename.directory, file.replace('.PGP', '.CTL')), 'utf8');
    // The count is for the recipient to read out.
    expect(described).not.toContain('cards=');
    for (const name of inbox()) rmSync(join(norename.directory, name));
  });

  it('takes the file under the next number, then the control file that describes it', async () => {
    const { status, state, remoteName, sequence, evidence, cards } = await delivered(first);
    expect({ status, state, sequence }).toEqual({ status: 0, state: 'stored', sequence: 201 });
    expect(remoteName).toMatch(/^MMTEST_\d{8}_00201\.PGP$/);
    const control = remoteName.replace('.PGP', '.CTL');
    expect(inbox()).toEqual([control, remoteName]);
    expect(evidence).toMatchObject({ rename: 'not-sent', controlName: control, control: 'same' });
    const bytes = readFileSync(join(norename.directory, remoteName));
    expect(readFileSync(join(norename.directory, control), 'utf8').split('\r\n')).toEqual([
      ...[`name=${remoteName}`, `bytes=${bytes.length}`, `sha256=${sha256(bytes)}`],
      ...[`cards=${cards}`, 'sequence=201', 'mode=TEST', ''],
    ]);
    expect((await kit.psp.gpg.do(['--decrypt'], bytes)).output.length).toBeGreaterThan(0);
  });

  it('leaves name, number and control file in the log and on the screens', async () => {
    const acts = (await lastLeaves(8)).map(({ act, data }) => [act, data.sequence, data.step]);
    expect(acts).toContainEqual(['delivery-name', 201, undefined]);
    expect(acts).toContainEqual(['delivery-control', undefined, 'announced']);
    for (const screen of ['show', 'summary']) {
      const { stdout } = await kit.run(['--lang', 'en', 'handoff', screen, first.handoff]);
      expect(stdout).toContain('_00201.PGP');
      expect(stdout).toContain('number 201');
    }
  });

  it('and a portal that demands names finds them in the folder and on the call sheet', async () => {
    const { state, remoteName, file } = await delivered(first, 'amex');
    expect(state).toBe('written');
    expect(remoteName).toMatch(/^test-cards-[0-9a-z-]+\.pgp$/);
    const there = readdirSync(kit.amexFolder);
    expect(there).toContain(remoteName);
    expect(there).not.toContain(file);
    const sheets = there.filter((name) => name.endsWith('.txt'));
    expect(sheets.length).toBeGreaterThan(0);
    for (const sheet of sheets) {
      expect(readFileSync(join(kit.amexFolder, sheet), 'utf8')).toContain(remoteName);
    }
  });
});

describe('a receiver that wants a checkpoint in the control file', () => {
  const control = (sequence: string): string =>
    join(norename.directory, `MMTEST_00${sequence}.CTL`);
  let note: string;

  /** Its own lines, and the checkpoint after them. */
  function parted(file: string): [string, string] {
    const text = readFileSync(file, 'utf8');
    const end = text.indexOf('\n\n');
    return [text.slice(0, end), text.slice(end + 2)];
  }

  const wanted = ['--control-content', 'checkpoint', '--control-newline'];

  it('cannot have it with other line ends, nor where nothing is sent', async () => {
    const ask = ['--as', 'officer-1', 'recipient', 'update'];
    expect(await kit.refused([...ask, 'psp', ...wanted, 'crlf'])).toEqual({
      status: 78,
      code: 'config-invalid',
    });
    expect(await kit.refused([...ask, 'amex', ...wanted, 'lf'])).toEqual({
      status: 64,
      code: 'usage',
    });
  });

  it('gets the one from before the first attempt, also at a later one', async () => {
    await update('psp', ...wanted, 'lf', '--name-pattern', 'MM{mode}_{sequence}.PGP');
    const prepared = await approved();
    writeFileSync(control('202'), 'of somebody else');
    const { state, code, batch } = await delivered(prepared);
    expect({ state, code }).toEqual({ state: 'conflict', code: 'target-taken' });
    const before = await firstOf('delivery-start', batch);
    rmSync(control('202'));
    const officer = ['--as', 'officer-1', '--reason', 'it was removed', 'handoff'];
    await kit.done([...officer, 'resolve', batch, '--outcome', 'not-stored']);
    await kit.done([...officer, 'retry', batch]);
    expect(await delivered(prepared)).toMatchObject({ status: 0, state: 'stored' });
    const [details, rest] = parted(control('202'));
    expect(details).toMatch(/^name=MMTEST_00202\.PGP\n(.+\n)+sequence=202\nmode=TEST$/);
    note = rest;
    const size = Number(note.split('\n')[1]);
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThanOrEqual(before);
  });

  it('and it serves audit verify as it is, which finds one that was altered', async () => {
    const verify = (file: string, bytes: string): string[] => [
      ...['audit', 'verify', '--against', kit.put(file, bytes)],
    ];
    await kit.done(verify('kept.checkpoint', note));
    await kit.done([...kit.secret, '--as', 'officer-1', 'recipient', 'test', 'psp']);
    const [details, ofTest] = parted(control('000'));
    expect(details).not.toContain('cards=');
    await kit.done(verify('test.checkpoint', ofTest));
    const size = note.split('\n')[1]!;
    const altered = note.replace(`\n${size}\n`, `\n${Number(size) - 1}\n`);
    expect((await kit.json(verify('altered.checkpoint', altered))).status).toBe(1);
  });
});

describe('a receiver whose SSH server knows only old algorithms', () => {
  let old: Sshd;

  beforeAll(async () => {
    old = await kit.startServer({
      hostKeyTypes: ['rsa'],
      config: [
        ...['Ciphers aes256-cbc,3des-cbc', 'MACs hmac-sha1', 'HostKeyAlgorithms ssh-rsa'],
        'KexAlgorithms diffie-hellman-group14-sha1,diffie-hellman-group1-sha1',
      ],
    });
    mkdirSync(join(old.directory, 'probe'));
    await update('psp', ...kit.endpointOf(old));
  });

  const needed = ['diffie-hellman-group14-sha1', 'ssh-rsa', 'aes256-cbc', 'hmac-sha1'];

  it('is refused, with what it offers and the line that would let it in: 76', async () => {
    const prepared = await approved();
    const { status, code, offered, allow } = await delivered(prepared);
    expect({ status, code }).toEqual({ status: 76, code: 'algorithms-refused' });
    expect(offered).toEqual(expect.arrayContaining([...needed, 'diffie-hellman-group1-sha1']));
    expect(allow).toEqual(needed);
    const probe = ['recipient', 'probe', 'psp', '--directory', join(old.directory, 'probe')];
    const { stderr } = await kit.run([
      '--lang',
      'en',
      ...kit.secret,
      '--as',
      'officer-1',
      ...probe,
    ]);
    const options = needed.map((name) => `--allow-algorithm ${name}`).join(' ');
    expect(stderr.replaceAll(/\s+\\?\s*/g, ' ')).toContain(options);
    await kit.done(['--as', 'officer-1', '--reason', 'no', 'handoff', 'cancel', prepared.handoff]);
  });

  it('is spoken to once each is allowed with a reason, and everybody sees it', async () => {
    const allow = needed.flatMap((name) => ['--allow-algorithm', name]);
    const command = ['--as', 'officer-1', 'recipient', 'update', 'psp', ...allow];
    expect(await kit.refused(command)).toEqual({ status: 64, code: 'usage' });
    await kit.done([...command, '--reason', 'replaced in 2027']);
    expect((await lastLeaves(1))[0]?.data.algorithms).toEqual(needed);
    const shown = await kit.run(['--lang', 'en', 'recipient', 'show', 'psp']);
    expect(shown.stdout).toContain('replaced in 2027');
    const { checks } = (await kit.json([...kit.secret, 'doctor'])).document;
    expect(checks.find(({ check }: Document) => check === 'weak-algorithms')).toMatchObject({
      ...{ verdict: 'warning' },
    });
    const prepared = await approved();
    expect(await delivered(prepared)).toMatchObject({ status: 0, state: 'stored' });
    expect(old.log()).toContain('kex: algorithm: diffie-hellman-group14-sha1');
  });
});
