import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const waitMs = 60_000;

/** Processes that `parent` started and that still run. Linux only. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
}

export function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && stateOf(String(pid)) !== 'Z';
}

/** Kills at once. False if it had ended by then, which may happen between any look at it and the signal. */
export function killNow(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw cause;
  }
}

/** Waits for what `look` finds; rejects after a minute. */
export async function until<T>(what: string, look: () => T | undefined): Promise<T> {
  const end = Date.now() + waitMs;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`not seen in a minute: ${what}`);
    await pause(10);
  }
}

function parentOf(pid: string): number {
  return Number(fields(pid)[1] ?? 0);
}

function stateOf(pid: string): string {
  return fields(pid)[0] ?? 'Z';
}

/** What stands behind the name, which may hold anything: state, parent, … */
function fields(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
