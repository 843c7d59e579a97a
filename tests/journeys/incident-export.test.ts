import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';

const rng = seededRandom(77);
const cards = someCards(rng, 24);
const incident = 'shop-a-2020';

let desk: Kit;
let folder: string;
let key: string;
let older: string;
let made: Document;

beforeAll(async () => {
  desk = await Kit.create();
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
  folder = join(desk.desk.home, 'kit');
  made = await desk.done([...exporting(), 'incident', 'export', incident, folder]);
});
afterAll(() => desk.dispose());

const exporting = (): string[] => [...desk.secret, '--as', 'officer-1'];

/** What a reviewer sees who has sh, coreutils, gpg and Python 3, and not this program. */
async function check(at: string, args: readonly string[] = [key, older]) {
  const env = { PATH: '/usr/bin:/bin', HOME: desk.desk.home };
  const options = { env, cwd: desk.desk.home };
  return promisify(execFile)('/bin/sh', [join(at, 'check.sh'), ...args], options).then(
    ({ stdout }) => ({ status: 0, said: stdout.trim().split('\n').at(-1) }),
    (error: unknown) => {
      const { code, stdout } = error as { code: number; stdout: string };
      return { status: code, said: stdout.trim().split('\n').at(-1) };
    },
  );
}

const files = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

/** A copy with one change, checked. */
async function altered(change: (copy: string) => void) {
  const copy = join(desk.desk.home, 'altered');
  cpSync(folder, copy, { recursive: true });
  try {
    change(copy);
    return await check(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
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
  });

  it('holds a report, the entries about the incident and the texts they bind', () => {
    const text = (path: string): string => readFileSync(join(folder, path), 'utf8');
    expect(text('report.txt')).toContain('Kitsutsuki');
    const entries = JSON.parse(text('entries/entries.json')) as Document[];
    expect(entries.map(({ leaf }) => leaf.act)).toEqual(
      expect.arrayContaining(['incident-open', 'handoff-approve', 'delivery-stored']),
    );
    expect(entries.some(({ leaf }) => leaf.act === 'officer-add')).toBe(false);
    expect(text('entries/texts.json')).toContain('checked');
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
  it('finds any file that was altered', async () => {
    for (const name of files()) {
      const { status, said } = await altered((copy) => {
        const path = join(copy, name);
        const bytes = readFileSync(path);
        const at = Math.floor(bytes.length / 2);
        // The script itself is altered where it only speaks: one that is not run as it was proves nothing.
        if (name === 'check.sh') bytes[2] = 0x20;
        else bytes[at]! ^= 1;
        writeFileSync(path, bytes);
      });
      expect([name, status]).toEqual([name, 1]);
      expect(said).toMatch(/^does not hold: /);
    }
  });

  it('finds a document that was altered together with the list', async () => {
    const name = files().find((path) => path.endsWith('/batches.json'))!;
    const { said } = await altered((copy) => {
      const path = join(copy, name);
      writeFileSync(path, readFileSync(path, 'utf8').replace('stored', 'failed'));
      relist(copy);
    });
    expect(said).toBe('does not hold: the log does not name this SHA256SUMS');
  });

  it('finds a file too many and one that is missing', async () => {
    const more = await altered((copy) => {
      writeFileSync(join(copy, 'people/more.txt'), 'x');
    });
    expect(more.status).toBe(1);
    const less = await altered((copy) => {
      rmSync(join(copy, 'told.json'));
    });
    expect(less.status).toBe(1);
  });

  it('does not believe the key that came along where another one was kept', async () => {
    const other = desk.put(
      'other.vkey',
      readFileSync(key, 'utf8').replace(/^[^+]*/, 'else.invalid'),
    );
    expect((await check(folder, [other])).status).toBe(1);
  });
});

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A new list over what is there, as somebody would make it who altered a file. */
function relist(copy: string): void {
  const path = join(copy, 'SHA256SUMS');
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  const made = lines.map((line) => {
    const name = line.slice(66);
    return `${digest(readFileSync(join(copy, name)))}  ${name}\n`;
  });
  writeFileSync(path, made.join(''));
}
