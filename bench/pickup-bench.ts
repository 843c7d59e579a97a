import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { BoxDoor } from '../tests/support/pickup-clients.ts';
import { PickupStand } from '../tests/support/pickup-stand.ts';
import { startSshd } from '../tests/support/sshd.ts';
import type { Sshd } from '../tests/support/sshd.ts';
import { measuredRun } from './measured-run.ts';
import type { Scratch } from './scratch.ts';
import type { Timed } from './sealing-bench.ts';

const sizeBytes = 200_000_000;
const cipher = 'aes256-gcm@openssh.com';
/** Clock ticks a second in /proc/PID/stat: fixed at 100 for programs on Linux x64 and arm64. */
const ticksPerSecond = 100;
/** Until a session that ended counts among what its server used. */
const reapMs = 200;

export interface PickupRuns {
  readonly bytes: number;
  readonly ours: readonly Timed[];
  readonly sshd: readonly Timed[];
}

interface Server {
  readonly pid: number;
  readonly user: string;
  readonly port: number;
  readonly path: string;
}

/**
 * The same file fetched by the same client, OpenSSH's `sftp get` with AES-256-GCM, from our pickup server and from
 * OpenSSH's with `internal-sftp`, in turns. Seconds are the client's, from its start to its end; processor seconds are
 * the server's alone. Ours reads the whole file and compares its digest before it sends, and records what was sent.
 */
export async function pickupBench(
  scratch: Scratch,
  runs: number,
  onRun: (said: string) => void,
): Promise<PickupRuns> {
  const stand = new PickupStand(sizeBytes);
  await stand.start();
  scratch.onDispose(() => stand.stop());
  const door = stand.admit('bench', 'ed25519');
  const sshd = await startSshd({ authorizedKeys: [readFileSync(`${door.key}.pub`, 'utf8')] });
  scratch.onDispose(() => sshd.stop());
  const servers = { ours: ourServer(stand, door), sshd: peerServer(stand, sshd) };
  const measured = { ours: [] as Timed[], sshd: [] as Timed[] };
  for (let run = 1; run <= runs; run++) {
    for (const who of ['ours', 'sshd'] as const) {
      measured[who].push(await fetched(scratch, servers[who], door.key, stand.sha256));
    }
    const [own, other] = [measured.ours.at(-1)!.seconds, measured.sshd.at(-1)!.seconds];
    onRun(`pickup ${run}/${runs}: ours ${own.toFixed(2)} s, sshd ${other.toFixed(2)} s`);
  }
  return { bytes: sizeBytes, ...measured };
}

function ourServer({ pid, name }: PickupStand, { user, port }: BoxDoor): Server {
  return { pid, user, port, path: `outbox/${name}` };
}

function peerServer({ folder, name }: PickupStand, { pid, user, port, directory }: Sshd): Server {
  const path = join(directory, name);
  copyFileSync(join(folder, 'outbox', name), path);
  return { pid, user, port, path };
}

async function fetched(
  scratch: Scratch,
  { pid, user, port, path }: Server,
  key: string,
  sha256: string,
): Promise<Timed> {
  const to = scratch.path('fetched');
  const commands = scratch.path('pickup-commands');
  writeFileSync(commands, `get ${path} ${to}\n`);
  const before = usedBy(pid);
  const { seconds } = await measuredRun(scratch, 'sftp', [
    ...['-q', '-F', 'none', '-b', commands, '-P', String(port), '-i', key, '-c', cipher],
    ...['-o', 'IdentitiesOnly=yes', '-o', 'Compression=no', '-o', 'StrictHostKeyChecking=no'],
    ...['-o', `UserKnownHostsFile=${scratch.path('known-hosts')}`, `${user}@127.0.0.1`],
  ]);
  await pause(reapMs);
  const cpuSeconds = usedBy(pid) - before;
  if ((await digestOf(to)) !== sha256) throw new Error(`${path} arrived damaged`);
  rmSync(to);
  return { seconds, cpuSeconds };
}

/** Processor seconds of a process and of its children that ended: fields 14 to 17 of proc_pid_stat(5). */
function usedBy(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
