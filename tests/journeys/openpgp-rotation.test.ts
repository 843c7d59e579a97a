import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';
import type { Keyholder } from '../support/workspace-kit.ts';

const rng = seededRandom(61);
let kit: Kit;
let pfi: Keyholder;
let old: string;
let made: Document;
/** Handoffs that the old key signed: one goes out while both keys are good, one waits too long. */
let early: Document;
let late: Document;

const list = (): Uint8Array | string => plainList(someCards(rng, 3));
const life = (verb: string, more: readonly string[] = []): string[] => [
  ...[...kit.secret, '--as', 'officer-1', '--reason', 'yearly'],
  ...['key', verb, '--openpgp', ...more],
];
const approved = async (incident: string, source: string): Promise<Document> => {
  const prepared = await kit.done(kit.prepare(incident, [source], ['--kind', 'recovered']));
  await kit.approve(prepared.handoff);
  return prepared;
};
/** What the SFTP recipient's own GnuPG says of our signature under the file that arrived. */
const signerAtPsp = async ({ batches }: Document): Promise<string | undefined> => {
  const { file } = batches.find(({ recipient }: Document) => recipient === 'psp');
  const { status } = await kit.psp.gpg.decrypt(readFileSync(join(kit.sshd.directory, file)));
  return status
    .find((line) => line.startsWith('VALIDSIG'))
    ?.split(' ')
    .at(-1);
};
const states = async (): Promise<string[][]> =>
  (await kit.done(['key', 'list'])).keys
    .filter(({ purpose }: Document) => purpose === 'openpgp')
    .map(({ fingerprint, state, uses }: Document) => [fingerprint, state, uses.join('+')]);
const sealedTo = async (fingerprint: string): Promise<string> => {
  const clear = new TextEncoder().encode(String(list()));
  const sealed = await pfi.gpg.encrypt(clear, [fingerprint], pfi.fingerprint);
  return kit.put(`to-${fingerprint.slice(-8)}.gpg`, sealed);
};

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill' });
  pfi = await kit.keyholder('pfi', 'gpg', { kind: 'ed25519' });
  const confirmed = ['--fingerprint', pfi.fingerprint, '--confirmed-by', 'in person'];
  const person = ['--name', 'Example Forensics', '--kind', 'pfi', '--certificate', pfi.certificate];
  await kit.done(['--as', 'officer-1', 'sender', 'add', 'pfi-1', ...person, ...confirmed]);
  const { key } = await kit.done(['key', 'export', '--openpgp']);
  await pfi.gpg.importKey(key);
  for (const incident of ['early', 'late', 'next']) await kit.openIncident(incident);
  early = await approved('early', kit.put('early.csv', list()));
  late = await approved('late', kit.put('late.csv', list()));
});
afterAll(() => kit.dispose());

describe('key rotate --openpgp', () => {
  it('asks which key, why, and for an algorithm that it can make', async () => {
    [[old = '']] = (await states()) as [[string]];
    const both = [...life('rotate'), '--sftp'];
    expect((await kit.refused(both)).code).toBe('usage');
    expect((await kit.refused(life('rotate', ['--algorithm', 'rsa-3072']))).code).toBe('usage');
    const reasonless = life('rotate').filter((word) => !['--reason', 'yearly'].includes(word));
    expect((await kit.refused(reasonless)).code).toBe('reason-required');
    expect(await kit.refused(life('retire'))).toEqual({ status: 77, code: 'key-not-retiring' });
    expect(await states()).toEqual([[old, 'in-use', 'sign+decrypt']]);
  });

  it('makes a key that the old one vouches for, as plain gpg sees it', async () => {
    made = await kit.done(life('rotate', ['--algorithm', 'ed25519']));
    expect(made).toMatchObject({ purpose: 'openpgp', retiring: old, vouchedFor: true });
    expect(await states()).toEqual([
      [made.fingerprint, 'in-use', 'sign+decrypt'],
      [old, 'retiring', 'decrypt'],
    ]);
    expect(await kit.refused(life('rotate'))).toEqual({ status: 77, code: 'key-still-retiring' });
    const exported = await kit.run(['key', 'export', '--openpgp']);
    await pfi.gpg.importKey(exported.stdout);
    const { output } = await pfi.gpg.do(['--with-colons', '--check-sigs', made.fingerprint]);
    const signatures = new TextDecoder().decode(output).match(/^sig:.*$/gm) ?? [];
    expect(signatures.filter((line) => line.includes(old.slice(-16)))).toEqual([
      expect.stringMatching(/^sig:!:/),
    ]);
    const sheet = await kit.done(['key', 'sheet']);
    expect(sheet.openpgp.fingerprint).toBe(made.fingerprint);
    expect(sheet.openpgpRetiring.fingerprint).toBe(old);
    expect((await kit.run(['key', 'sheet'])).stdout).toMatch(/Retiring +[0-9A-F ]{40,}\n +Valid/);
  });

  it('delivers what the old key signed, and signs with the new one what comes after', async () => {
    await kit.done(kit.deliver(early.handoff));
    expect(await signerAtPsp(early)).toBe(old);
    const next = await approved('next', await sealedTo(old));
    const plan = JSON.parse(
      readFileSync(join(kit.workspace, 'data/handoffs', next.handoff, 'plan.json'), 'utf8'),
    );
    expect(plan.signer).toBe(made.fingerprint);
    await kit.psp.gpg.importKey(made.key);
    await kit.done(kit.deliver(next.handoff));
    expect(await signerAtPsp(next)).toBe(made.fingerprint);
  });

  it('uses no file for a key that the log does not name', async () => {
    const place = join(kit.workspace, 'keys/openpgp-2.private.asc');
    const bytes = readFileSync(place);
    writeFileSync(place, readFileSync(join(kit.workspace, 'keys/openpgp.private.asc')));
    const preparing = kit.prepare('next', [kit.put('more.csv', list())], ['--kind', 'recovered']);
    expect((await kit.refused(preparing)).code).toBe('key-file-altered');
    writeFileSync(place, bytes);
    const certificate = join(kit.workspace, 'keys/openpgp-2.asc');
    const own = readFileSync(certificate);
    writeFileSync(certificate, readFileSync(join(kit.workspace, 'keys/openpgp.asc')));
    const { code } = await kit.refused(['key', 'export', '--openpgp']);
    expect(code).toBe('certificate-fingerprint-mismatch');
    writeFileSync(certificate, own);
  });
});

describe('key retire --openpgp', () => {
  it('opens and signs nothing with it any more, and expires what it had signed', async () => {
    const unsent = { batches: late.batches.length, handoffs: [late.handoff] };
    expect(await kit.done(life('retire'))).toEqual({ purpose: 'openpgp', retired: old, unsent });
    expect((await states())[1]).toEqual([old, 'retired', '']);
    const file = join(kit.workspace, 'keys/openpgp.private.asc');
    expect(existsSync(file)).toBe(false);
    // As a command leaves it that is killed between row and file.
    writeFileSync(file, 'left');
    expect(await kit.done(life('retire'))).toEqual({ purpose: 'openpgp', retired: old, unsent });
    expect(existsSync(file)).toBe(false);
    expect((await kit.refused(life('retire'))).code).toBe('key-not-retiring');
    const closed = kit.prepare('next', [await sealedTo(old)], ['--kind', 'recovered']);
    expect((await kit.refused(closed)).code).toBe('source-not-for-us');
    const open = kit.prepare('next', [await sealedTo(made.fingerprint)], ['--kind', 'recovered']);
    expect((await kit.done(open)).cards).toBe(3);
    const { document } = await kit.json(kit.deliver(late.handoff));
    expect(
      document.batches.map(({ state, fault }: Document) => [state, fault.code]),
    ).toContainEqual(['expired', 'signing-key-no-longer-good']);
    const { stdout } = await kit.run(['handoff', 'show', late.handoff]);
    expect(stdout).toContain('Our key that signed');
    expect(stdout).not.toContain('recipient update');
    const sheet = await kit.done(['key', 'sheet']);
    expect(sheet.openpgpRetiring).toBeUndefined();
  });

  it('leaves entries that name both keys', async () => {
    const { entries } = await kit.done(['audit', 'tail', '--entries', '100']);
    const acts = entries
      .map(({ leaf }: Document) => leaf)
      .filter(({ act }: Document) => /^key-r/.test(act));
    expect(acts).toMatchObject([
      { act: 'key-rotate', data: { purpose: 'openpgp', fingerprint: made.fingerprint } },
      { act: 'key-retire', data: { purpose: 'openpgp', fingerprint: old } },
    ]);
    expect(acts[0].data).toMatchObject({ follows: old, vouched: true, algorithm: 'ed25519' });
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
  });
});
