import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

import type { Scratch } from './scratch.ts';

const sampleMs = 50;
/** Clock ticks a second in /proc/PID/stat: fixed at 100 for programs on Linux x64 and arm64. */
const ticksPerSecond = 100;

/** What a run came to, in seconds and MiB. */
export interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most that the processes held together at one moment, pages that they share counted once. */
  readonly peakMib: number;
  /** What the program itself held of it, and its children together, each at its own peak. */
  readonly ownPeakMib: number;
  readonly childPeakMib: number;
  readonly output: string;
}

interface Process {
  readonly heldKib: number;
  readonly cpuTicks: number;
}

/** What was seen while the program ran. */
class Sampled {
  readonly processes = new Map<number, Process>();
  peakKib = 0;
  ownPeakKib = 0;
  childPeakKib = 0;

  /** Looks at a process and all below it. */
  take(root: number): void {
    let children = 0;
    let own = 0;
    for (const pid of withChildren(root)) {
      const process = look(pid);
      if (process === undefined) continue;
      this.processes.set(pid, process);
      if (pid === root) own = process.heldKib;
      else children += process.heldKib;
    }
    this.peakKib = Math.max(this.peakKib, own + children);
    this.ownPeakKib = Math.max(this.ownPeakKib, own);
    this.childPeakKib = Math.max(this.childPeakKib, children);
  }

  cpuSeconds(): number {
    return sum([...this.processes.values()].map(({ cpuTicks }) => cpuTicks)) / ticksPerSecond;
  }
}

/**
 * Runs a program to its end and samples it and its children from /proc. Rejects unless it exits with 0.
 *
 * What is held for less than the 50 milliseconds between two samples may be missed.
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
  const pid = child.pid ?? 0;
  const sampled = new Sampled();
  const sampling = (async () => {
    while (status.code === undefined) {
      sampled.take(pid);
      await pause(sampleMs);
    }
  })();
  await closed;
  await sampling;
  if (status.code !== 0) {
    const said = Buffer.concat([...output, ...messages]).toString();
    throw new Error(
      `${program} ${args.slice(0, 3).join(' ')}: exit ${String(status.code)}: ${said}`,
    );
  }
  return {
    seconds: (status.at - began) / 1000,
    cpuSeconds: sampled.cpuSeconds(),
    peakMib: sampled.peakKib / 1024,
    ownPeakMib: sampled.ownPeakKib / 1024,
    childPeakMib: sampled.childPeakKib / 1024,
    output: Buffer.concat(output).toString(),
  };
}

/** The process and all below it. */
function withChildren(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(withChildren)];
}

/** Undefined once the process is gone or waits to be. */
function look(pid: number): Process | undefined {
  // A page that several processes have is divided among them (proc_pid_smaps(5)).
  const held = /^Pss:\s*(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1];
  // Behind the name in brackets; user and system time are fields 14 and 15 (proc_pid_stat(5)).
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  if (held === undefined || fields.length < 13) return undefined;
  return { heldKib: Number(held), cpuTicks: Number(fields[11]) + Number(fields[12]) };
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
