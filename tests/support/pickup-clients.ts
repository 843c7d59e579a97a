import { spawn } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { CliRun } from './cli.ts';

const CLIENT_MS = 180_000;
const LOOK_MS = 5;
const paramikoProgram = fileURLToPath(new URL('paramiko-fetch.py', import.meta.url));
/** Debian's, which has Debian's packages; another may come first on the PATH. */
const debianPython = '/usr/bin/python3';

/** A box as its recipient reaches it from their machine. */
export interface BoxDoor {
  readonly user: string;
  readonly port: number;
  /** Path of the private key; the public half stands beside it with `.pub`, PuTTY's form of both with `.ppk`. */
  readonly key: string;
  readonly knownHosts: string;
  /** Of the server's key, with `SHA256:`. */
  readonly fingerprint: string;
  /** A folder of theirs, for what the program keeps to itself. */
  readonly home: string;
}

/** How a program is called. */
export interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: string;
}

/** A program that recipients fetch with. */
export interface PickupClient {
  readonly name: string;
  readonly keyType: 'ed25519' | 'rsa' | 'ecdsa';
  /** Prints what lies in `outbox`. */
  readonly list: (door: BoxDoor) => Call;
  /** Fetches `outbox/NAME` to `to`. */
  readonly fetch: (door: BoxDoor, name: string, to: string) => Call;
  /** The same, going on from what `to` has; nothing where the program cannot. */
  readonly resume?: (door: BoxDoor, name: string, to: string) => Call;
  /** Moves it to `done`; nothing where the program cannot. */
  readonly putAway?: (door: BoxDoor, name: string) => Call;
}

const sshOptions = ({ key, knownHosts }: BoxDoor): string[] => [
  ...['-q', '-F', '/dev/null', '-i', key, '-o', 'IdentitiesOnly=yes', '-o', 'BatchMode=yes'],
  ...['-o', 'StrictHostKeyChecking=yes', '-o', `UserKnownHostsFile=${knownHosts}`],
];

function openSsh(door: BoxDoor, ...commands: readonly string[]): Call {
  const { user, port } = door;
  const args = [...sshOptions(door), '-b', '-', '-P', String(port), `${user}@127.0.0.1`];
  return { program: 'sftp', args, input: `${commands.join('\n')}\n` };
}

function scp(door: BoxDoor, from: string, to: string): Call {
  const { user, port } = door;
  const args = [...sshOptions(door), '-p', '-P', String(port), `${user}@127.0.0.1:${from}`, to];
  return { program: 'scp', args };
}

function rclone(door: BoxDoor, verb: string, ...paths: readonly string[]): Call {
  const { user, port, key, knownHosts } = door;
  const box = `:sftp,host=127.0.0.1,port=${port},user=${user},key_file=${key},known_hosts_file=${knownHosts}:`;
  const args = paths.map((path) => path.replace(/^box:/, box));
  return { program: 'rclone', args: ['--config', '/dev/null', '--retries', '1', verb, ...args] };
}

function lftp(door: BoxDoor, ...commands: readonly string[]): Call {
  const { user, port } = door;
  const settings = [
    ...['set cmd:fail-exit yes', 'set net:max-retries 1'],
    `set sftp:connect-program "ssh -a -x ${sshOptions(door).join(' ')}"`,
    `open -u ${user}, -p ${port} sftp://127.0.0.1`,
  ];
  return { program: 'lftp', args: ['-c', [...settings, ...commands].join('; ')] };
}

function psftp(door: BoxDoor, ...commands: readonly string[]): Call {
  const { user, port, key, fingerprint, home } = door;
  // Only with a file of commands does it end with a failure when one of them failed.
  const file = join(home, 'psftp-commands');
  writeFileSync(file, `${commands.join('\n')}\n`);
  const login = ['-batch', '-P', String(port), '-i', `${key}.ppk`, '-hostkey', fingerprint];
  return { program: 'psftp', args: [...login, '-b', file, `${user}@127.0.0.1`] };
}

function curl(door: BoxDoor, path: string, ...args: readonly string[]): Call {
  const { user, port, key, fingerprint } = door;
  const login = ['--key', key, '--pubkey', `${key}.pub`, '--user', `${user}:`];
  const server = ['--hostpubsha256', fingerprint.replace('SHA256:', '')];
  const url = `sftp://127.0.0.1:${port}/${path}`;
  return { program: 'curl', args: ['-sS', '-q', ...login, ...server, ...args, url] };
}

function paramiko(door: BoxDoor, act: string, ...args: readonly string[]): Call {
  const { user, port, key, knownHosts } = door;
  const login = [String(port), user, key, knownHosts];
  return { program: debianPython, args: ['-B', paramikoProgram, ...login, act, ...args] };
}

/** Every program that docs/operating/pickup.md names. */
export const pickupClients: readonly PickupClient[] = [
  {
    ...{ name: 'OpenSSH sftp', keyType: 'ecdsa' },
    list: (door) => openSsh(door, 'ls -l outbox'),
    fetch: (door, name, to) => openSsh(door, `get outbox/${name} ${to}`),
    resume: (door, name, to) => openSsh(door, `reget outbox/${name} ${to}`),
    putAway: (door, name) => openSsh(door, `rename outbox/${name} done/${name}`),
  },
  {
    ...{ name: 'OpenSSH scp', keyType: 'ed25519' },
    list: (door) => openSsh(door, 'ls -l outbox'),
    fetch: (door, name, to) => scp(door, `outbox/${name.slice(0, 1)}*`, to),
  },
  {
    ...{ name: 'rclone', keyType: 'rsa' },
    list: (door) => rclone(door, 'lsl', 'box:outbox'),
    fetch: (door, name, to) => rclone(door, 'copyto', `box:outbox/${name}`, to),
    putAway: (door, name) => rclone(door, 'moveto', `box:outbox/${name}`, `box:done/${name}`),
  },
  {
    ...{ name: 'lftp', keyType: 'ed25519' },
    list: (door) => lftp(door, 'ls outbox'),
    // The listing behind it: lftp is gone before its last request leaves.
    fetch: (door, name, to) => lftp(door, `get outbox/${name} -o ${to}`, 'cls outbox'),
    resume: (door, name, to) => lftp(door, `get -c outbox/${name} -o ${to}`, 'cls outbox'),
    putAway: (door, name) => lftp(door, `mv outbox/${name} done/${name}`),
  },
  {
    ...{ name: 'paramiko', keyType: 'rsa' },
    list: (door) => paramiko(door, 'list', 'outbox'),
    fetch: (door, name, to) => paramiko(door, 'fetch', `outbox/${name}`, to),
    resume: (door, name, to) => paramiko(door, 'fetch', `outbox/${name}`, to),
    putAway: (door, name) => paramiko(door, 'rename', `outbox/${name}`, `done/${name}`),
  },
  {
    ...{ name: 'psftp', keyType: 'rsa' },
    list: (door) => psftp(door, 'ls outbox'),
    fetch: (door, name, to) => psftp(door, `get outbox/${name} ${to}`),
    resume: (door, name, to) => psftp(door, `reget outbox/${name} ${to}`),
    putAway: (door, name) => psftp(door, `mv outbox/${name} done/${name}`),
  },
  {
    ...{ name: 'curl', keyType: 'ed25519' },
    list: (door) => curl(door, 'outbox/'),
    fetch: (door, name, to) => curl(door, `outbox/${name}`, '-o', to),
    resume: (door, name, to) => curl(door, `outbox/${name}`, '-C', '-', '-o', to),
    putAway: (door, name) =>
      curl(door, 'outbox/', '-o', '/dev/null', '-Q', `rename /outbox/${name} /done/${name}`),
  },
];

/** Those that open a file more than once, for segments of it side by side. */
export const segmentClients: readonly Pick<
  PickupClient,
  'name' | 'keyType' | 'fetch' | 'resume'
>[] = [
  {
    ...{ name: 'lftp pget', keyType: 'ed25519' },
    fetch: (door, name, to) => lftp(door, ...segments(name, to, '-n 4'), 'cls outbox'),
    resume: (door, name, to) => lftp(door, ...segments(name, to, '-n 4 -c'), 'cls outbox'),
  },
  {
    ...{ name: 'rclone with streams', keyType: 'rsa' },
    fetch: (door, name, to) => {
      const { program, args } = rclone(door, 'copyto', `box:outbox/${name}`, to);
      const streams = ['--multi-thread-streams', '4', '--multi-thread-cutoff', '1M'];
      return { program, args: [...streams, ...args] };
    },
  },
];

/** lftp notes beside the file how far it is with each segment. */
function segments(name: string, to: string, how: string): string[] {
  return ['set pget:save-status 0.1s', `pget ${how} outbox/${name} -o ${to}`];
}

/** Runs it to its end. Nothing of our environment but the PATH. */
export async function runCall(call: Call, home: string): Promise<CliRun> {
  const child = start(call, home);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const timer = setTimeout(() => endGroup(child.pid), CLIENT_MS);
  const status = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 128));
  });
  clearTimeout(timer);
  // psftp says this in any case.
  said.stderr = said.stderr.replace(/^Using username ".*"\.\n/, '');
  return { status, ...said };
}

/** Runs it until `to` has so many bytes, and kills it with all that it started. */
export function cutShort(call: Call, home: string, to: string, bytes: number): Promise<void> {
  const isFar = (): boolean => (statSync(to, { throwIfNoEntry: false })?.size ?? 0) >= bytes;
  return cutWhen(call, home, isFar);
}

/** The same, until it has come so far. */
export async function cutWhen(call: Call, home: string, isFar: () => boolean): Promise<void> {
  const child = start(call, home);
  const gone = new Promise((resolve) => child.once('close', resolve));
  for (const stream of [child.stdout, child.stderr]) stream.resume();
  while (!isFar()) {
    if (child.exitCode !== null) throw new Error(`${call.program} ended: ${child.exitCode}`);
    await pause(LOOK_MS);
  }
  endGroup(child.pid);
  await gone;
}

function start({ program, args, input = '' }: Call, home: string) {
  const env = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', HOME: home };
  const child = spawn(program, [...args], { env, detached: true });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return child;
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
