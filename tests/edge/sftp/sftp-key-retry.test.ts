import ssh2 from 'ssh2';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { generateSftpKey, publicHalfOf } from '../../../src/edge/sftp/sftp-key.ts';

type Done = (error: Error | null, pair: { private: string; public: string }) => void;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Lets ssh2 write `count` private keys that it cannot read, and good ones afterwards. */
function spoilFirst(count: number): { readonly made: { private: string }[] } {
  const real = ssh2.utils.generateKeyPair.bind(ssh2.utils) as (...args: unknown[]) => void;
  const made: { private: string }[] = [];
  const spoiling = (kind: string, options: object, done: Done): void => {
    real(kind, options, (error: Error | null, pair: Parameters<Done>[1]) => {
      const isSpoiled = made.length < count;
      const given = isSpoiled ? { ...pair, private: spoiled(pair.private) } : pair;
      made.push(given);
      done(error, given);
    });
  };
  vi.spyOn(ssh2.utils, 'generateKeyPair').mockImplementation(spoiling as never);
  return { made };
}

/** The two check numbers of the private part no longer agree (OpenSSH, PROTOCOL.key). */
function spoiled(file: string): string {
  const lines = file.trim().split('\n');
  const bytes = Buffer.from(lines.slice(1, -1).join(''), 'base64');
  const marker = bytes.lastIndexOf('ssh-ed25519');
  bytes[marker - 6]! ^= 0xff;
  return [lines[0], bytes.toString('base64'), lines.at(-1), ''].join('\n');
}

describe('generateSftpKey()', () => {
  it('makes another key when ssh2 cannot read the one it wrote', async () => {
    const { made } = spoilFirst(3);
    const pair = await generateSftpKey('ed25519', 'mimamori shop-a');
    expect(made).toHaveLength(4);
    expect(made.slice(0, 3).map(({ private: file }) => ssh2.utils.parseKey(file))).toEqual(
      Array.from({ length: 3 }, () => expect.any(Error) as Error),
    );
    expect(new TextDecoder().decode(pair.privateKey)).toBe(made[3]!.private);
    const { publicLine, fingerprint } = pair;
    expect(publicHalfOf(pair.privateKey, 'mimamori shop-a')).toEqual({ publicLine, fingerprint });
  });

  it('gives up after twenty keys that cannot be read', async () => {
    const { made } = spoilFirst(100);
    await expect(generateSftpKey('ed25519', 'mimamori')).rejects.toThrow();
    expect(made).toHaveLength(20);
  });

  it('passes on at once that no key could be made', async () => {
    const failing = (_kind: string, _options: object, done: Done): void => {
      done(new Error('no entropy'), { private: '', public: '' });
    };
    const spy = vi.spyOn(ssh2.utils, 'generateKeyPair').mockImplementation(failing as never);
    await expect(generateSftpKey('ed25519', 'mimamori')).rejects.toThrow('no entropy');
    expect(spy).toHaveBeenCalledTimes(1);
  });
});
