import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';

/** What the numbers were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryMib: number;
  readonly kernel: string;
  readonly node: string;
  readonly python: string;
  readonly gpg: string;
  readonly openssh: string;
}

export function thisMachine(): Machine {
  const all = cpus();
  return {
    processor: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryMib: Math.round(totalmem() / 1_048_576),
    kernel: release(),
    node: process.versions.node,
    python: said('python3', ['--version']),
    gpg: said('gpg', ['--version']),
    openssh: said('sh', ['-c', 'ssh -V 2>&1']),
  };
}

/** Load averages over 1, 5 and 15 minutes: another program's work makes every number here worse. */
export function loadNow(): readonly number[] {
  return loadavg().map((load) => Math.round(load * 100) / 100);
}

/** The first line a program prints; `missing` where it is not there. */
function said(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, [...args], { encoding: 'utf8' })
      .split('\n')[0]!
      .trim();
  } catch {
    return 'missing';
  }
}
