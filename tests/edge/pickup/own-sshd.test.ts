import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DeliveryBench, FILE, testKey } from '../../support/delivery-bench.ts';
import { pickupClients, runCall } from '../../support/pickup-clients.ts';
import type { BoxDoor } from '../../support/pickup-clients.ts';
import { startSshd } from '../../support/sshd.ts';
import type { Sshd } from '../../support/sshd.ts';

// docs/operating/own-sshd.md as it stands, with the paths and the account of this test.

const page = readFileSync(new URL('../../../docs/operating/own-sshd.md', import.meta.url), 'utf8');
const isRoot = process.getuid?.() === 0;
/** sshd locks nobody into a directory below one that others may write to, such as /tmp; and nobody unless it is root. */
const box = mkdtempSync(join(isRoot ? '/run' : tmpdir(), 'mimamori-box-'));
const keys = mkdtempSync(join(tmpdir(), 'mimamori-keys-'));
const outbox = isRoot ? '/outbox' : join(box, 'outbox');

let sshd: Sshd;
let bench: DeliveryBench;
let door: BoxDoor;

const blockOf = (language: string): string =>
  new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(page)![1]!;

beforeAll(async () => {
  const ours = await testKey();
  const theirs = join(keys, 'theirs');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', theirs]);
  const { username } = userInfo();
  const authorized = blockOf('authorized_keys')
    .replace('OUR-KEY', ours.publicLine)
    .replace('THEIR-KEY', readFileSync(`${theirs}.pub`, 'utf8').trim());
  writeFileSync(join(keys, username), authorized);
  const config = blockOf('sshd_config')
    .replace('Match Group pickup', `Match User ${username}`)
    .replace('/srv/pickup/%u', isRoot ? box : 'none')
    .replace('/etc/ssh/pickup/%u', `${keys}/%u`);
  mkdirSync(join(box, 'outbox'));
  chmodSync(box, 0o755);
  sshd = await startSshd({ authorizedKeys: [], config: config.trimEnd().split('\n') });
  const { port, user } = sshd;
  bench = new DeliveryBench({ port, user, hostKey: sshd.hostKeys[0]! }, ours);
  bench.endpoint = { ...bench.endpoint, directory: outbox };
  const knownHosts = join(keys, 'known_hosts');
  const scan = ['-p', String(port), '127.0.0.1'];
  writeFileSync(
    knownHosts,
    execFileSync('ssh-keyscan', scan, { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  door = { user, port, key: theirs, knownHosts, fingerprint: sshd.hostKeys[0]!, home: keys };
});

afterAll(async () => {
  await sshd.stop();
  bench.clear();
  for (const folder of [box, keys]) rmSync(folder, { recursive: true });
});

/** OpenSSH's sftp with the recipient's key. */
function asRecipient(command: string) {
  return runCall({ ...pickupClients[0]!.list(door), input: `${command}\n` }, door.home);
}

describe('an OpenSSH server that is set up as docs/operating/own-sshd.md says', () => {
  it('takes a delivery, and gives the recipient the same bytes', async () => {
    const { state, evidence } = await bench.deliver();
    expect([state, evidence?.verification]).toEqual(['stored', 'read-back']);
    const to = join(keys, 'fetched');
    const { status, stderr } = await asRecipient(`get ${outbox}/${FILE} ${to}`);
    expect([status, stderr]).toEqual([0, '']);
    expect(readFileSync(to).equals(bench.payload)).toBe(true);
  });

  it('lets the recipient change nothing', async () => {
    for (const command of [
      `rm ${outbox}/${FILE}`,
      `rename ${outbox}/${FILE} ${outbox}/other`,
      `put ${door.knownHosts} ${outbox}/other`,
      `mkdir ${outbox}/other`,
      `chmod 644 ${outbox}/${FILE}`,
    ]) {
      expect([command, (await asRecipient(command)).status]).toEqual([command, 1]);
    }
    expect(readdirSync(join(box, 'outbox'))).toEqual([FILE]);
    expect(statSync(join(box, 'outbox', FILE)).mode & 0o777).toBe(0o600);
  });

  it('runs no program for the recipient', async () => {
    const { args } = pickupClients[0]!.list(door);
    const options = args.slice(0, args.indexOf('-b'));
    const place = ['-p', String(door.port), `${door.user}@127.0.0.1`, 'id'];
    const { status, stdout } = await runCall(
      { program: 'ssh', args: [...options, ...place] },
      door.home,
    );
    expect([status, stdout.includes('uid=')]).toEqual([1, false]);
  });
});
