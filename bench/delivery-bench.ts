import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { generateSftpKey } from '../src/edge/sftp/sftp-key.ts';
import { startSshd } from '../tests/support/sshd.ts';
import type { Sshd } from '../tests/support/sshd.ts';
import { measuredRun } from './measured-run.ts';
import type { Scratch } from './scratch.ts';
import { writePayload } from './sealing-bench.ts';
import type { Timed } from './sealing-bench.ts';

const deliverOnce = fileURLToPath(new URL('./deliver-once.ts', import.meta.url));

export interface DeliveryRuns {
  readonly bytes: number;
  readonly ours: readonly Timed[];
  readonly sftp: readonly Timed[];
}

/**
 * The same file sent to the same OpenSSH server on loopback by our delivery and by OpenSSH's `sftp put -f`, in turns.
 * Both log in with a key and have the server sync the file; ours also looks before and after, and renames. Ours is timed
 * without the start of Node, sftp as a whole.
 */
export async function deliveryBench(
  scratch: Scratch,
  mebibytes: number,
  runs: number,
  onRun: (said: string) => void,
): Promise<DeliveryRuns> {
  const file = scratch.path('delivery');
  writePayload(file, mebibytes);
  const pair = await generateSftpKey('ed25519', 'mimamori bench');
  const key = scratch.path('sftp-key');
  writeFileSync(key, pair.privateKey, { mode: 0o600 });
  const server = await startSshd({ authorizedKeys: [pair.publicLine] });
  scratch.onDispose(() => server.stop());
  const ours: Timed[] = [];
  const sftp: Timed[] = [];
  for (let run = 1; run <= runs; run++) {
    const own = await deliverOurs(scratch, server, file, key);
    await takeAway(server, file, 'ours');
    ours.push(own);
    const other = await putWithSftp(scratch, server, file, key);
    await takeAway(server, file, 'theirs');
    sftp.push(other);
    onRun(
      `delivery ${run}/${runs}: ours ${own.seconds.toFixed(2)} s, sftp ${other.seconds.toFixed(2)} s`,
    );
  }
  const bytes = statSync(file).size;
  await rm(file);
  return { bytes, ours, sftp };
}

async function deliverOurs(
  scratch: Scratch,
  { host, port, user, directory, hostKeys }: Sshd,
  file: string,
  key: string,
): Promise<Timed> {
  const place = [host, String(port), user, directory, hostKeys[0]!];
  const { output } = await measuredRun(scratch, process.execPath, [
    ...[deliverOnce, file, 'ours', ...place, key],
  ]);
  return JSON.parse(output) as Timed;
}

async function putWithSftp(
  scratch: Scratch,
  { host, port, user, directory }: Sshd,
  file: string,
  key: string,
): Promise<Timed> {
  const commands = scratch.path('sftp-commands');
  writeFileSync(commands, `put -f ${file} ${join(directory, 'theirs')}\n`);
  const { seconds, cpuSeconds } = await measuredRun(scratch, 'sftp', [
    ...['-q', '-F', 'none', '-b', commands, '-P', String(port), '-i', key],
    ...['-o', 'IdentitiesOnly=yes', '-o', 'Compression=no', '-o', 'StrictHostKeyChecking=no'],
    ...['-o', `UserKnownHostsFile=${scratch.path('known-hosts')}`, `${user}@${host}`],
  ]);
  return { seconds, cpuSeconds };
}

/** What arrived must be what was sent; it is removed for the next run. */
async function takeAway({ directory }: Sshd, file: string, name: string): Promise<void> {
  const arrived = join(directory, name);
  if (!readFileSync(arrived).equals(readFileSync(file))) throw new Error(`${name} arrived damaged`);
  await rm(arrived);
}
