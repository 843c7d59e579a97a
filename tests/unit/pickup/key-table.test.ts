import { generateKeyPairSync, sign } from 'node:crypto';

import ssh2 from 'ssh2';
import type { AuthContext, ParsedKey } from 'ssh2';
import { describe, expect, it } from 'vitest';

import { KeyTable, repeatAlgorithm } from '../../../src/edge/pickup-server/key-table.ts';
import { ServeLine } from '../../../src/edge/pickup-server/serve-line.ts';
import { generateSftpKey } from '../../../src/edge/sftp/sftp-key.ts';

const blob = Buffer.from('session and request');

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsa = parsed(privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
const { privateKey: ours } = await generateSftpKey('ed25519', '');
const ed25519 = parsed(new TextDecoder().decode(ours));

function parsed(text: string): ParsedKey {
  const key = ssh2.utils.parseKey(text);
  if (key instanceof Error) throw key;
  return key;
}

/** What becomes of a login as `psp` whose key is pinned, by the name of the key's type as the library tells it. */
async function judge(key: ParsedKey, signature: Buffer | undefined, algo: string, hash?: string) {
  const line: ServeLine = new ServeLine((message) => {
    const { id } = message as { readonly id: number };
    const pinned = `${key.type} ${key.getPublicSSH().toString('base64')}`;
    line.receive({ kind: 'answer', id, value: [{ box: 'psp', line: pinned }] });
  });
  const context = { method: 'publickey', username: 'psp', signature, blob, hashAlgo: hash };
  const shown = { algo, data: key.getPublicSSH() };
  const verdict = await new KeyTable(line).judge({ ...context, key: shown } as AuthContext);
  if (verdict === 'asks') return verdict;
  return 'refused' in verdict ? verdict.refused : 'welcome';
}

describe('KeyTable', () => {
  it('takes an RSA key that signs with SHA-256 or SHA-512', async () => {
    for (const hash of ['sha256', 'sha512']) {
      expect(await judge(rsa, sign(hash, blob, privateKey), 'ssh-rsa', hash)).toBe('welcome');
      expect(await judge(rsa, undefined, 'ssh-rsa', hash)).toBe('asks');
    }
  });

  it.each(['ssh-rsa', 'ssh-rsa-cert-v01@openssh.com', 'ssh-ed25519', ''])(
    'refuses an RSA key that signs with SHA-1 and says it is of %s',
    async (algo) => {
      expect(await judge(rsa, sign('sha1', blob, privateKey), algo)).toBe('key-algorithm');
      expect(await judge(rsa, undefined, algo)).toBe('key-algorithm');
    },
  );

  it('takes another key only under the name of its type', async () => {
    const signature = ed25519.sign(blob);
    expect(await judge(ed25519, signature, 'ssh-ed25519')).toBe('welcome');
    expect(await judge(ed25519, signature, 'ssh-rsa', 'sha256')).toBe('key-algorithm');
    expect(await judge(ed25519, signature, 'ecdsa-sha2-nistp256')).toBe('key-algorithm');
  });

  it('refuses a signature over something else', async () => {
    const other = ed25519.sign(Buffer.from('another session'));
    expect(await judge(ed25519, other, 'ssh-ed25519')).toBe('key-unproven');
  });
});

describe('repeatAlgorithm()', () => {
  it('calls a key what the client called it, not what the library makes of that', () => {
    const named = (algo: string, hashAlgo?: string): string => {
      const context = { key: { algo, data: Buffer.alloc(0) }, ...(hashAlgo && { hashAlgo }) };
      repeatAlgorithm(context);
      return context.key.algo;
    };
    expect(named('ssh-rsa', 'sha256')).toBe('rsa-sha2-256');
    expect(named('ssh-rsa', 'sha512')).toBe('rsa-sha2-512');
    expect(named('ssh-ed25519')).toBe('ssh-ed25519');
  });
});
