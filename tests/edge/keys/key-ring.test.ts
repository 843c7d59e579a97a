import { hash } from 'node:crypto';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { encodeCanonicalJson } from '../../../src/domain/canonical-json.ts';
import { createKeyFile } from '../../../src/edge/keys/key-file.ts';
import { createKeyRing, openKeyRing } from '../../../src/edge/keys/open-key-ring.ts';
import { WorkspaceKeyRing } from '../../../src/edge/keys/workspace-key-ring.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const passphrase = utf8('correct horse battery');
const secret = utf8('a secret of some length');
let sample: Uint8Array;

beforeAll(async () => {
  sample = await makeSample();
});

describe('key file', () => {
  it('opens with its passphrase, and what was wrapped before unwraps after', async () => {
    const file = join(await scratchFolder(), 'workspace.key.json');
    const wrapped = (await createKeyRing(file, 'shop-a', passphrase)).wrap('log/1', secret);
    const ring = await openKeyRing(file, 'shop-a', passphrase);
    expect(ring.unwrap('log/1', wrapped)).toEqual(secret);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('leaves the passphrase to the caller', async () => {
    const file = join(await scratchFolder(), 'workspace.key.json');
    const own = utf8('correct horse battery');
    await createKeyRing(file, 'shop-a', own);
    expect(own).toEqual(passphrase);
  });

  it('is never replaced, and nothing is left beside it', async () => {
    const folder = await scratchFolder();
    const file = join(folder, 'workspace.key.json');
    await createKeyFile(file, 'shop-a', passphrase);
    const before = await readFile(file);
    await expect(createKeyFile(file, 'shop-a', passphrase)).rejects.toMatchObject({
      code: 'file-exists',
    });
    expect(await readFile(file)).toEqual(before);
    expect(await readdir(folder)).toEqual(['workspace.key.json']);
  });

  it.each(['correct horse batterY', 'correct horse battery ', ''])(
    'refuses the passphrase %j',
    async (wrong) => {
      const file = await keyFile();
      await expect(openKeyRing(file, 'shop-a', utf8(wrong))).rejects.toMatchObject({
        code: 'passphrase-wrong',
        facts: { file },
      });
    },
  );

  it('refuses another workspace', async () => {
    await expect(openKeyRing(await keyFile(), 'shop-b', passphrase)).rejects.toMatchObject({
      code: 'key-file-other-workspace',
    });
  });

  it.each([0o640, 0o604, 0o660, 0o620])('refuses mode %o and names the file', async (mode) => {
    const file = await keyFile();
    await chmod(file, mode);
    await expect(openKeyRing(file, 'shop-a', passphrase)).rejects.toMatchObject({
      code: 'secret-readable-by-others',
      facts: { file },
    });
  });

  it('refuses a file that is not there', async () => {
    const file = join(await scratchFolder(), 'workspace.key.json');
    await expect(openKeyRing(file, 'shop-a', passphrase)).rejects.toMatchObject({
      code: 'secret-missing',
    });
  });

  it('refuses any changed byte before it spends work on it', async () => {
    const file = await keyFile();
    const whole = await readFile(file);
    for (let at = 0; at < whole.length; at += 1) {
      await writeFile(file, whole.with(at, whole[at]! ^ 1));
      await expect(openKeyRing(file, 'shop-a', passphrase)).rejects.toMatchObject({
        code: 'key-file-altered',
      });
    }
  });

  it.each([
    ['cut', (text: string) => text.slice(0, -20)],
    ['white space', (text: string) => `${text} `],
    ['a cheaper kdf', (text: string) => text.replace('"n":131072', '"n":2')],
    ['a dearer kdf', (text: string) => text.replace('"n":131072', '"n":1073741824')],
    ['another type', (text: string) => text.replace('/v1', '/v2')],
    ['another member', (text: string) => text.replace('{', '{"a":1,')],
    ['nothing in it', () => '{}'],
  ])('refuses a file with %s', async (_, change) => {
    const file = await keyFile();
    await writeFile(file, change(await readFile(file, 'utf8')));
    await expect(openKeyRing(file, 'shop-a', passphrase)).rejects.toMatchObject({
      code: 'key-file-altered',
    });
  });

  it('refuses a wrapped key altered together with the checksum', async () => {
    const file = await keyFile();
    await writeFile(file, forged(await readFile(file, 'utf8'), 'wrapped'));
    await expect(openKeyRing(file, 'shop-a', passphrase)).rejects.toMatchObject({
      code: 'key-file-altered',
    });
  });

  it('cannot tell an altered check value from a wrong passphrase, and opens neither', async () => {
    const file = await keyFile();
    await writeFile(file, forged(await readFile(file, 'utf8'), 'check'));
    await expect(openKeyRing(file, 'shop-a', passphrase)).rejects.toMatchObject({
      code: 'passphrase-wrong',
    });
  });
});

describe('WorkspaceKeyRing', () => {
  const ring = new WorkspaceKeyRing('shop-a', new Uint8Array(32).fill(1));

  it.each([1, 15, 16, 17, 65_536])('gives back %i bytes', (length) => {
    const clear = new Uint8Array(length).fill(7);
    expect(ring.unwrap('sftp/psp', ring.wrap('sftp/psp', clear))).toEqual(clear);
  });

  it('leaves the secret alone and wraps it differently each time', () => {
    const clear = utf8('a secret of some length');
    const [first, second] = [ring.wrap('log', clear), ring.wrap('log', clear)];
    expect(clear).toEqual(secret);
    expect(first).not.toEqual(second);
    expect(Buffer.from(first).includes(Buffer.from(clear))).toBe(false);
  });

  it('unwraps under the same purpose, workspace and key only', () => {
    const wrapped = ring.wrap('keyed-hash/shop-a-2020', secret);
    const others: [WorkspaceKeyRing, string][] = [
      [ring, 'keyed-hash/shop-a-2021'],
      [ring, 'keyed-hash'],
      [new WorkspaceKeyRing('shop-b', new Uint8Array(32).fill(1)), 'keyed-hash/shop-a-2020'],
      [new WorkspaceKeyRing('shop-a', new Uint8Array(32).fill(2)), 'keyed-hash/shop-a-2020'],
    ];
    for (const [other, purpose] of others) {
      expect(() => other.unwrap(purpose, wrapped)).toThrow(fault('wrapped-key-altered'));
    }
  });

  it('refuses any changed, missing or added byte', () => {
    const wrapped = ring.wrap('log', secret);
    for (let at = 0; at < wrapped.length; at += 1) {
      const changed = wrapped.with(at, wrapped[at]! ^ 1);
      expect(() => ring.unwrap('log', changed)).toThrow(fault('wrapped-key-altered'));
      expect(() => ring.unwrap('log', wrapped.subarray(0, at))).toThrow(
        fault('wrapped-key-altered'),
      );
    }
    expect(() => ring.unwrap('log', Uint8Array.from([...wrapped, 0]))).toThrow(
      fault('wrapped-key-altered'),
    );
  });

  it.each(['', 'a b', 'a\n', '/a', 'ログ', 'a'.repeat(401)])(
    'refuses the purpose %j',
    (purpose) => {
      expect(() => ring.wrap(purpose, secret)).toThrow(fault('key-purpose-refused'));
      expect(() => ring.unwrap(purpose, ring.wrap('a', secret))).toThrow(
        fault('key-purpose-refused'),
      );
    },
  );

  it.each([0, 65_537])('refuses a secret of %i bytes', (length) => {
    expect(() => ring.wrap('log', new Uint8Array(length))).toThrow(fault('secret-size-refused'));
  });

  it('zeroes its key at the end and does nothing afterwards', () => {
    const key = new Uint8Array(32).fill(9);
    const closing = new WorkspaceKeyRing('shop-a', key);
    const wrapped = closing.wrap('log', secret);
    closing.destroy();
    closing.destroy();
    expect(key).toEqual(new Uint8Array(32));
    expect(() => closing.wrap('log', secret)).toThrow(fault('key-ring-closed'));
    expect(() => closing.unwrap('log', wrapped)).toThrow(fault('key-ring-closed'));
  });
});

/** A copy of one key file: making one costs half a second. */
async function keyFile(): Promise<string> {
  const file = join(await scratchFolder(), 'workspace.key.json');
  await writeFile(file, sample, { mode: 0o600 });
  return file;
}

async function makeSample(): Promise<Uint8Array> {
  const file = join(await scratchFolder(), 'workspace.key.json');
  await createKeyFile(file, 'shop-a', passphrase);
  return readFile(file);
}

/** Changes one digit of a member and makes the checksum right again, as an attacker would. */
function forged(text: string, member: string): string {
  const content = JSON.parse(text) as Record<string, string>;
  delete content['sum'];
  const value = content[member]!;
  content[member] = (value.startsWith('0') ? '1' : '0') + value.slice(1);
  const sum = hash('sha256', encodeCanonicalJson(content));
  return new TextDecoder().decode(encodeCanonicalJson({ ...content, sum }));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function fault(code: string): unknown {
  return expect.objectContaining({ code });
}
