import { readFile, readdir, realpath, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { inspectionOption } from '../../domain/workspace/inspection-options.ts';
import type { Machine, MachineFindings } from '../../exchange/workspace/machine.ts';
import { sqliteVersion } from '../sqlite/open-database.ts';
import { allowsCoreDumps } from './core-dumps.ts';
import { isEncryptedDevice } from './these-places.ts';

/** File system magic numbers of statfs(2) on which fsync does not mean what the database needs. */
const volatileFileSystems = new Map([
  [0x01021994, 'tmpfs'],
  [0x858458f6, 'ramfs'],
  [0x6969, 'nfs'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb2'],
  [0x65735546, 'fuse'],
]);

const exposedMax = 20;
const othersMay = 0o077;

/** Linux tells by /proc; where it is missing (macOS, for development) the question is answered with the worse case. */
export class ThisMachine implements Machine {
  readonly #root: string;

  constructor(workspaceRoot: string) {
    this.#root = workspaceRoot;
  }

  async inspect(): Promise<MachineFindings> {
    const { type } = await statfs(this.#root);
    return {
      node: process.version,
      sqlite: sqliteVersion(),
      allowsCoreDumps: allowsCoreDumps(),
      hasPlainSwap: await hasPlainSwap(),
      inspectionOption: inspectionOption(process.execArgv, process.env['NODE_OPTIONS']),
      exposedFiles: await exposedFiles(this.#root),
      volatileFileSystem: volatileFileSystems.get(type),
    };
  }
}

/** Compressed memory and encrypted devices never reach a disk in clear; a logical volume by itself does. */
async function hasPlainSwap(): Promise<boolean> {
  const table = await readFile('/proc/swaps', 'utf8').catch(() => undefined);
  if (table === undefined) return true;
  const lines = table.trim().split('\n').slice(1);
  const plain = await Promise.all(lines.map((line) => isPlainSwap(line.split(/\s/)[0] ?? '')));
  return plain.includes(true);
}

async function isPlainSwap(path: string): Promise<boolean> {
  const device = basename(await realpath(path).catch(() => path));
  if (device.startsWith('zram')) return false;
  if (!path.startsWith('/dev/')) return true;
  return (await isEncryptedDevice(`/sys/class/block/${device}`)) !== 'encrypted';
}

async function exposedFiles(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true });
  const found: string[] = [];
  for (const name of ['.', ...entries]) {
    const status = await stat(join(root, name)).catch(() => undefined);
    if (status === undefined || (status.mode & othersMay) === 0) continue;
    found.push(name);
    if (found.length === exposedMax) break;
  }
  return found;
}
