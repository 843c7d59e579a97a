import { execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const SSHD = '/usr/sbin/sshd';

export interface SshdOptions {
  /** Lines for `authorized_keys`. */
  readonly authorizedKeys: readonly string[];
  /** Types of host keys to make; the first is the one `hostKey` tells. */
  readonly hostKeyTypes?: readonly ('ed25519' | 'rsa' | 'ecdsa')[];
  /** Further lines of sshd_config. */
  readonly config?: readonly string[];
}

export interface Sshd {
  readonly pid: number;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** A directory the account may write to. */
  readonly directory: string;
  /** Fingerprints in the order of `hostKeyTypes`. */
  readonly hostKeys: readonly string[];
  log(): string;
  stop(): Promise<void>;
}

/**
 * A real OpenSSH server on a free port of the loopback, with keys of its own. Runs as root or as an ordinary user; the
 * account is always the one that runs the test.
 */
export async function startSshd(options: SshdOptions): Promise<Sshd> {
  const home = mkdtempSync(join(tmpdir(), 'mimamori-sshd-'));
  const isRoot = process.getuid?.() === 0;
  // sshd as root refuses to start without its empty directory; a fresh container has none.
  if (isRoot) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const directory = join(home, 'inbox');
  mkdirSync(directory, { mode: 0o700 });
  const types = options.hostKeyTypes ?? ['ed25519'];
  const hostKeys = types.map((type) => makeHostKey(join(home, `host_${type}`), type));
  const authorized = join(home, 'authorized_keys');
  writeFileSync(authorized, `${options.authorizedKeys.join('\n')}\n`, { mode: 0o600 });
  const port = await freePort();
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...types.map((type) => `HostKey ${join(home, `host_${type}`)}`),
    `AuthorizedKeysFile ${authorized}`,
    `PidFile none`,
    // Without PAM sshd asks the shadow file whether the account is locked, which an ordinary user may not read.
    `UsePAM ${isRoot ? 'no' : 'yes'}`,
    'StrictModes no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'MaxStartups 100',
    'LogLevel DEBUG1',
    'Subsystem sftp internal-sftp',
    ...(options.config ?? []),
  ];
  const configFile = join(home, 'sshd_config');
  writeFileSync(configFile, `${config.join('\n')}\n`);

  // Ends with us even when the test run is killed.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', SSHD, '-D', '-e', '-f', configFile], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    // Its own process group, so that the processes of open sessions end too.
    if (child.exitCode === null && child.pid !== undefined) killGroup(child.pid);
    await exited;
    rmSync(home, { recursive: true, force: true });
  };
  await untilListening(() => log, child, stop);
  return {
    pid: child.pid!,
    host: '127.0.0.1',
    port,
    user: userInfo().username,
    directory,
    hostKeys,
    log: () => log,
    stop,
  };
}

function makeHostKey(file: string, type: string): string {
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', file]);
  const listed = execFileSync('ssh-keygen', ['-l', '-E', 'sha256', '-f', `${file}.pub`]).toString();
  return listed.split(' ')[1] ?? '';
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

async function untilListening(
  log: () => string,
  child: { readonly exitCode: number | null },
  stop: () => Promise<void>,
): Promise<void> {
  const until = Date.now() + 10_000;
  while (!log().includes('Server listening')) {
    if (child.exitCode !== null || Date.now() > until) {
      const said = log();
      await stop();
      throw new Error(`sshd did not start: ${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * A port nobody listens on right now. From below those that the kernel gives out by itself (32,768 upwards), so that
 * neither a connection nor a server of another test takes it before it is used.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
