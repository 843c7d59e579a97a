import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import { tilePath, tilesOf } from '../../src/domain/tlog/tiles.ts';
import { codeBlocks } from '../support/auditor-kit.ts';
import { SmallWorkspace } from '../support/small-workspace.ts';

let small: SmallWorkspace;
const entries = 300;
const at = (name: string): string => join(small.desk.root, name);
const read = (name: string): Buffer => readFileSync(at(name));
const filesOf = (name: string): string[] =>
  readdirSync(at(name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(at(name).length + 1))
    .sort();

/** Follows a README in an export: its openssl commands, then its Python over the older checkpoints. */
function follow(name: string, readme = 'README.md', older: readonly string[] = []): string {
  const text = readFileSync(join(at(name), readme), 'utf8');
  const cwd = at(name);
  const { temporary } = small.desk;
  const env = { ...process.env, TMPDIR: temporary };
  const options = { cwd, env, encoding: 'utf8', stdio: 'pipe' } as const;
  const script = join(temporary, 'check.py');
  writeFileSync(script, codeBlocks(text, 'python')[0]!);
  try {
    const [signature] = codeBlocks(text, 'sh');
    const verified = execFileSync('sh', ['-c', signature!], options);
    return verified + execFileSync('python3', [script, ...older], options);
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${stdout}${stderr}`;
  }
}

beforeAll(async () => {
  small = await SmallWorkspace.create();
  await small.append(entries - 1);
});
afterAll(() => small.desk.dispose());

describe('audit export', () => {
  it('is refused while nothing was signed, and leaves nothing', async () => {
    const { status, document } = await small.json(['audit', 'export', at('none')]);
    expect([status, document.error.code]).toEqual([77, 'log-unsigned']);
    expect(readdirSync(small.desk.root).some((name) => name.includes('none'))).toBe(false);
  });

  it('signs first with the passphrase, and writes the files of C2SP tlog-tiles and no others', async () => {
    const { status, document } = await small.json([
      ...[...small.secret, 'audit', 'export', at('signed')],
    ]);
    expect(status).toBe(0);
    expect(document).toMatchObject({ size: entries, left: 0, checkpoint: 'signed-now' });
    const guides = ['README.ja.md', 'README.md', 'checkpoint', 'log.vkey'];
    expect(filesOf('signed')).toEqual([...guides, ...[...tilesOf(entries)].map(tilePath)].sort());
    expect(read('signed/log.vkey').toString()).toBe(`${document.vkey}\n`);
    expect(read('signed/tile/1/000.p/1').length).toBe(32);
  });

  it('without it goes up to the newest checkpoint and changes nothing in the store', async () => {
    await small.append(5);
    const { document } = await small.json(['audit', 'export', at('later')]);
    expect(document).toMatchObject({ size: entries, left: 5, checkpoint: 'newest' });
    expect(read('later/checkpoint')).toEqual(read('signed/checkpoint'));
    const { entries: tail } = (await small.json(['audit', 'tail', '--entries', '1'])).document;
    expect(tail[0].number).toBe(entries + 4);
  });

  it('never writes over or into what is there', async () => {
    small.folder('taken');
    const { status, document } = await small.json(['audit', 'export', at('taken')]);
    expect([status, document.error.code]).toEqual([73, 'file-exists']);
    expect(readdirSync(at('taken'))).toEqual([]);
  });

  it('shows people a screen without a line too wide, in both languages', async () => {
    for (const language of ['en', 'ja']) {
      const to = at(`screen-${language}`);
      const { stdout } = await small.run(['--lang', language, 'audit', 'export', to]);
      expect(stdout).toContain(language === 'en' ? 'Left out' : '含まない項目');
      for (const line of stdout.split('\n'))
        expect(widthOf(line)).toBeLessThanOrEqual(LINE_COLUMNS);
      expect(existsSync(join(to, 'checkpoint'))).toBe(true);
    }
  });
});

describe('audit verify DIR', () => {
  it('needs no workspace, and takes checkpoints from elsewhere', async () => {
    const { vkey } = (await small.json(['audit', 'verify'])).document;
    const given = ['--vkey', vkey, '--against', at('signed/checkpoint')];
    const verify = ['audit', 'verify', at('signed'), ...given];
    const { status, document } = await small.desk.json(verify);
    expect([status, document]).toMatchObject([0, { holds: true, entries, anchoredTo: entries }]);
  });

  it('names the entry that was altered, on the screen and by exit status', async () => {
    cpSync(at('signed'), at('edited'), { recursive: true });
    const bundle = read('edited/tile/entries/000');
    bundle[40]! ^= 1;
    writeFileSync(at('edited/tile/entries/000'), bundle);
    const { status, stdout } = await small.desk.run(['audit', 'verify', at('edited')]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/at entry 0, leaf-altered/);
  });
});

describe('audit prove', () => {
  it('writes what somebody without the workspace needs besides the key', async () => {
    const output = at('e.tlog-proof');
    const { document: proven } = await small.json(['audit', 'prove', '7', '--output', output]);
    expect(proven).toMatchObject({ index: 7, size: entries });
    const { vkey } = (await small.json(['audit', 'verify'])).document;
    const check = ['audit', 'verify-proof', output, `${output}.entry`, '--vkey', vkey];
    const { status, document } = await small.desk.json(check);
    expect([status, document]).toMatchObject([0, { holds: true, leaf: { object: 'handoff:h-6' } }]);
    const wrong = ['audit', 'verify-proof', output, at('signed/log.vkey'), '--vkey', vkey];
    expect(await small.desk.json(wrong)).toMatchObject({
      ...{ status: 1, document: { breach: { kind: 'entry-not-included' } } },
    });
  });

  it('prints the proof alone, and refuses what no checkpoint speaks for', async () => {
    const { stdout } = await small.run(['audit', 'prove', '7']);
    expect(stdout).toBe(read('e.tlog-proof').toString());
    const { status, document } = await small.json(['audit', 'prove', '302']);
    expect([status, document.error.code]).toEqual([77, 'entry-unproven']);
  });
});

describe('README of an export', () => {
  it('leads openssl and Python to "all holds", also against an older checkpoint', async () => {
    await small.json([...small.secret, 'audit', 'export', at('newer')]);
    for (const readme of ['README.md', 'README.ja.md']) {
      const said = follow('newer', readme, [at('signed/checkpoint')]);
      expect(said).toMatch(/Signature Verified Successfully[^]*all holds: 305 entries/);
    }
  });

  it.each([
    ['checkpoint', 'Signature Verification Failure'],
    ['tile/entries/000', 'was signed over'],
    ['tile/entries/001.p/44', 'was signed over'],
  ])('leads to the complaint when %s was altered', (path, complaint) => {
    const name = `altered-${path.replaceAll('/', '-')}`;
    cpSync(at('signed'), at(name), { recursive: true });
    const bytes = readFileSync(join(at(name), path));
    bytes[60]! ^= 1;
    writeFileSync(join(at(name), path), bytes);
    expect(follow(name)).toContain(complaint);
  });
});
