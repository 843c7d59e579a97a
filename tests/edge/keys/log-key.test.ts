import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { encodeCheckpoint } from '../../../src/domain/tlog/checkpoint.ts';
import { verifyNote } from '../../../src/domain/tlog/signed-note.ts';
import { parseVerifierKey } from '../../../src/domain/tlog/verifier-key.ts';
import { createLogKey, openLogKey, readLogVerifierKey } from '../../../src/edge/keys/log-key.ts';
import { WorkspaceKeyRing } from '../../../src/edge/keys/workspace-key-ring.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const origin = 'mimamori.example/drill/shop-a';
const ring = new WorkspaceKeyRing('shop-a', new Uint8Array(32).fill(1));
const body = encodeCheckpoint({ origin, size: 3, root: new Uint8Array(32) });

describe('log key', () => {
  it('signs notes that its verifier key verifies', async () => {
    const signer = await createLogKey(await place(), origin, ring);
    const note = signer.sign(body);
    expect(verifyNote(note, [parseVerifierKey(signer.vkey)])).toEqual(body);
    expect(signer.vkey.startsWith(`${origin}+`)).toBe(true);
  });

  it('is the same key after it was opened again, and signs the same bytes', async () => {
    const file = await place();
    const created = await createLogKey(file, origin, ring);
    const opened = await openLogKey(file, ring);
    expect(opened.vkey).toBe(created.vkey);
    expect(opened.sign(body)).toEqual(created.sign(body));
    expect(await readLogVerifierKey(file)).toBe(created.vkey);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is another key each time', async () => {
    const [one, two] = [await place(), await place()];
    const first = await createLogKey(one, origin, ring);
    expect(first.vkey).not.toBe((await createLogKey(two, origin, ring)).vkey);
  });

  it('is never replaced', async () => {
    const file = await place();
    await createLogKey(file, origin, ring);
    await expect(createLogKey(file, origin, ring)).rejects.toMatchObject({ code: 'file-exists' });
  });

  it('refuses to sign for another log', async () => {
    const signer = await createLogKey(await place(), origin, ring);
    const other = encodeCheckpoint({ origin: 'x', size: 3, root: new Uint8Array(32) });
    expect(() => signer.sign(other)).toThrow(
      expect.objectContaining({ code: 'log-origin-differs' }),
    );
  });

  it.each(['', 'any text\n', `${origin}\n03\n`])('refuses to sign %j', async (text) => {
    const signer = await createLogKey(await place(), origin, ring);
    expect(() => signer.sign(new TextEncoder().encode(text))).toThrow(
      expect.objectContaining({ code: 'checkpoint-malformed' }),
    );
  });

  it.each(['', 'a b', 'a+b'])('refuses the origin %j', async (name) => {
    await expect(createLogKey(await place(), name, ring)).rejects.toMatchObject({
      code: 'verifier-key-malformed',
    });
  });

  it('does not open under the key ring of another workspace', async () => {
    const file = await place();
    await createLogKey(file, origin, ring);
    const other = new WorkspaceKeyRing('shop-b', new Uint8Array(32).fill(1));
    await expect(openLogKey(file, other)).rejects.toMatchObject({ code: 'wrapped-key-altered' });
  });

  it('does not open with the verifier key of another log', async () => {
    const [file, other] = [await place(), await place()];
    const { vkey } = await createLogKey(file, origin, ring);
    const { vkey: foreign } = await createLogKey(other, origin, ring);
    await writeFile(file, (await readFile(file, 'utf8')).replace(vkey, foreign));
    await expect(openLogKey(file, ring)).rejects.toMatchObject({ code: 'wrapped-key-altered' });
  });

  it.each([
    ['cut', (text: string) => text.slice(0, -1)],
    ['another type', (text: string) => text.replace('/v1', '/v2')],
    ['another name in the verifier key', (text: string) => text.replace('shop-a+', 'shop-b+')],
    ['an odd number of digits', (text: string) => text.replace('"}', '0"}')],
    ['no members', () => '{}'],
  ])('refuses a file with %s', async (_, change) => {
    const file = await place();
    await createLogKey(file, origin, ring);
    await writeFile(file, change(await readFile(file, 'utf8')));
    const altered = { code: 'key-file-altered', facts: { file } };
    await expect(openLogKey(file, ring)).rejects.toMatchObject(altered);
    await expect(readLogVerifierKey(file)).rejects.toMatchObject(altered);
  });
});

async function place(): Promise<string> {
  return join(await scratchFolder(), 'log.key.json');
}
