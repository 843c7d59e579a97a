// The programs of other people that the tests talk to, and how Debian calls the packages they come in. Plain
// JavaScript of 2022: it runs before it is known which Node will run the tests.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Program → package of Debian 12. A program is looked for on the PATH and where Debian keeps servers; what begins with a
 * slash is a file of the package.
 */
const peers = {
  gpg: 'gnupg',
  gpgconf: 'gnupg',
  'gpg-agent': 'gnupg',
  gpg1: 'gnupg1',
  sshd: 'openssh-server',
  'sftp-server': 'openssh-sftp-server',
  sftp: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  strace: 'strace',
  faketime: 'faketime',
  python3: 'python3',
  rclone: 'rclone',
  lftp: 'lftp',
  psftp: 'putty-tools',
  puttygen: 'putty-tools',
  curl: 'curl',
  '/usr/lib/python3/dist-packages/paramiko/__init__.py': 'python3-paramiko',
  openssl: 'openssl',
  'systemd-analyze': 'systemd',
};

const serverFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/lib/openssh'];
const policyFile = '/usr/sbin/policy-rc.d';

/** Packages of the programs that are not there; empty when nothing is missing. */
export function missingPackages() {
  const missing = Object.keys(peers).filter((program) => !isInstalled(program));
  return [...new Set(missing.map((program) => peers[program]))].sort();
}

/** The one line that installs `packages`, to be typed by a person. */
export function installLine(packages) {
  const sudo = isRoot() ? '' : 'sudo ';
  return `${sudo}apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

export function canInstall() {
  return isRoot() && isOnPath('apt-get', []);
}

/**
 * Installs `packages` with apt-get and starts none of their services, now or at the next boot: the tests start an sshd
 * of their own. Returns what is still missing afterwards.
 */
export function installPackages(packages) {
  const hadPolicy = existsSync(policyFile);
  // Debian's way to say "start nothing": invoke-rc.d asks this program before each start.
  if (!hadPolicy) writeFileSync(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    apt(['update', '-qq']);
    apt(['install', '-qq', '-y', '--no-install-recommends', ...packages]);
  } finally {
    if (!hadPolicy) rmSync(policyFile, { force: true });
  }
  if (packages.includes('openssh-server') && isOnPath('systemctl', [])) {
    spawnSync('systemctl', ['--quiet', 'disable', 'ssh.service', 'ssh.socket'], {
      stdio: 'ignore',
    });
  }
  return missingPackages();
}

function apt(args) {
  spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
  });
}

function isInstalled(program) {
  return program.startsWith('/') ? existsSync(program) : isOnPath(program, serverFolders);
}

function isOnPath(program, further) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...further];
  return folders.some((folder) => folder !== '' && isExecutable(join(folder, program)));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isRoot() {
  return process.getuid?.() === 0;
}
