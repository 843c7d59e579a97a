import { execFile, execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { appendFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';

import type { CliOptions, CliRun, RunningCli } from './cli.ts';
import type { Kit } from './workspace-kit.ts';

/** Somebody who fetches files: their key, and where our server is. */
export interface PickupLogin {
  readonly user: string;
  readonly host: string;
  readonly port: number;
  /** Path of the private key; the public half stands beside it with `.pub`. */
  readonly key: string;
  readonly knownHosts: string;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Makes a key pair on the desk, as a recipient would. Returns the path of the private half. */
export function makeLoginKey(kit: Kit, name: string, type = 'ed25519'): string {
  const path = join(kit.desk.home, name);
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', name, '-f', path]);
  return path;
}

/** Says in the settings where the pickup server listens; what was approved is to be approved again. */
export function addPickup(kit: Kit, port: number): void {
  const file = join(kit.workspace, 'config/mimamori.toml');
  const table = `\n[pickup]\naddress = "127.0.0.1"\nport = ${port}\nname = "127.0.0.1"\n`;
  appendFileSync(file, table);
}

/** Starts `serve` and waits until it says that it runs. */
export async function startServe(kit: Kit, options: CliOptions = {}): Promise<RunningCli> {
  const serve = ['--workspace', kit.workspace, ...kit.secret, '--json', 'serve'];
  const running = kit.desk.start(serve, { ...options, isService: true });
  const started = once(running.child.stdout!, 'data');
  const ended = running.ended.then((run) => {
    throw new Error(`serve ended: ${run.status} ${run.stdout}${run.stderr}`);
  });
  ended.catch(() => undefined);
  await Promise.race([started, ended]);
  return running;
}

/** Stops it in order. */
export async function stopServe({ child, ended }: RunningCli): Promise<CliRun> {
  child.kill('SIGTERM');
  return ended;
}

/** Runs a client to its end. Nothing of our environment but the PATH. */
function runClient(program: string, args: readonly string[], input = ''): Promise<CliRun> {
  const env = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', HOME: '/nonexistent' };
  return new Promise((resolve) => {
    const options = { env, timeout: 60_000 };
    const child = execFile(program, [...args], options, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 128;
      resolve({ status, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

/** OpenSSH's sftp, with the commands it is to run. */
export function sftp(login: PickupLogin, commands: readonly string[]): Promise<CliRun> {
  const { user, host, port, key, knownHosts } = login;
  const options = [
    'StrictHostKeyChecking=yes',
    `UserKnownHostsFile=${knownHosts}`,
    'BatchMode=yes',
  ];
  const args = [
    ...['-q', '-b', '-', '-i', key, '-P', String(port), '-F', '/dev/null'],
    ...['-o', 'IdentitiesOnly=yes', ...options.flatMap((option) => ['-o', option])],
    `${user}@${host}`,
  ];
  return runClient('sftp', args, `${commands.join('\n')}\n`);
}

/** rclone, with `box:` for the top of the recipient's box. */
export function rclone(login: PickupLogin, args: readonly string[]): Promise<CliRun> {
  const { user, host, port, key, knownHosts } = login;
  const remote = `:sftp,host=${host},port=${port},user=${user},key_file=${key},known_hosts_file=${knownHosts}:`;
  const given = args.map((arg) => (arg.startsWith('box:') ? remote + arg.slice(4) : arg));
  return runClient('rclone', ['--config', '/dev/null', '--retries', '1', ...given]);
}
