import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

const unit = readFileSync(new URL('../../../config/mimamori.service', import.meta.url), 'utf8');

/** What `systemd-analyze verify` says of a unit, with a program and a user that this machine has. */
async function verified(text: string): Promise<{ status: number; said: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'mm-unit-'));
  const path = join(folder, 'mimamori.service');
  const here = text
    .replace('ExecStart=/usr/local/bin/mimamori', 'ExecStart=/bin/true')
    .replace(/^(User|Group)=.*$/gm, '$1=root');
  writeFileSync(path, here);
  try {
    return await new Promise((resolve) => {
      execFile('systemd-analyze', ['verify', path], (error, stdout, stderr) => {
        resolve({ status: Number(error?.code ?? 0), said: stdout + stderr });
      });
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('config/mimamori.service', () => {
  it.each([
    'ExecStart=/usr/local/bin/mimamori serve',
    'LoadCredentialEncrypted=mimamori',
    'NoNewPrivileges=true',
    'CapabilityBoundingSet=',
    'ProtectSystem=strict',
    'PrivateTmp=true',
    'LimitCORE=0',
    'MemorySwapMax=0',
    'Restart=on-failure',
  ])('has %s', (line) => {
    expect(unit.split('\n')).toContain(line);
  });

  it('has no secret in an argument or the environment', () => {
    expect(unit).not.toMatch(/^Environment|--passphrase/m);
  });

  it('is a unit that systemd understands', async () => {
    expect(await verified(unit)).toEqual({ status: 0, said: '' });
    const mistyped = await verified(unit.replace('PrivateTmp', 'PrivateTemp'));
    expect(mistyped.said).toContain('PrivateTemp');
  });
});
