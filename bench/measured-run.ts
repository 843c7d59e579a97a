import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

import type { Scratch } from './scratch.ts';

const sampleMs = 20;
/** Clock ticks a second in /proc/PID/stat: fixed at 100 for programs on Linux x64 and arm64. */
const ticksPerSecond = 100;

/** What a run came to. Times in seconds; memory is the sum of each process's own peak, so never too low. */
export interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMib: number;
  /** Peak of each process alone, the largest first. */
  readonly peaksMib: readonly number[];
  readonly output: string;
}

interface Process {
  peakKib: number;
  cpuTicks: number;
}

/**
 * Runs a program to its end and samples it and its children from /proc. Rejects unless it exits with 0.
 *
 * A process's peak (VmHWM) only grows, so a sample misses at most what the last 20 milliseconds added.
 */
export async function measuredRun(
  scratch: Scratch,
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Measured> {
  const began = performance.now();
  const child = scratch.start(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  const messages: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => messages.push(chunk));
  const status = { code: undefined as number | null | undefined, at: 0 };
  const closed = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => Object.assign(status, { code, at: performance.now() }));
    child.once('close', () => {
      resolve();
    });
  });
  const seen = new Map<number, Process>();
  const sampling = sampleWhile(() => status.code === undefined, child.pid ?? 0, seen);
  await closed;
  await sampling;
  if (status.code !== 0) {
    const said = Buffer.concat([...output, ...messages]).toString();
    throw new Error(`${program} ${args.slice(0, 3).join(' ')}: exit ${String(status.code)}: ${said}`);
  }
  const peaksMib = [...seen.values()].map(({ peakKib }) => peakKib / 1024).sort((a, b) => b - a);
  return {
    seconds: (status.at - began) / 1000,
    cpuSeconds: sum([...seen.values()].map(({ cpuTicks }) => cpuTicks)) / ticksPerSecond,
    peakMib: sum(peaksMib),
    peaksMib,
    output: Buffer.concat(output).toString(),
  };
}

async function sampleWhile(
  isRunning: () => boolean,
  root: number,
  seen: Map<number, Process>,
): Promise<void> {
  while (isRunning()) {
    for (const pid of withChildren(root)) note(pid, seen);
    await pause(sampleMs);
  }
}

/** The process and all below it. */
function withChildren(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(withChildren)];
}

function note(pid: number, seen: Map<number, Process>): void {
  const peak = /^VmHWM:\s*(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1];
  // Behind the name in brackets; user and system time are fields 14 and 15 (proc_pid_stat(5)).
  const fields = read(`/proc/${pid}/stat`).replace(/^.*\) /s, '').split(' ');
  if (peak === undefined || fields.length < 13) return;
  const known = seen.get(pid) ?? { peakKib: 0, cpuTicks: 0 };
  known.peakKib = Math.max(known.peakKib, Number(peak));
  known.cpuTicks = Number(fields[11]) + Number(fields[12]);
  seen.set(pid, known);
}

/** Empty when the process is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
