import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder and the processes of one benchmark. Everything it starts runs in a process group of its own and is ended
 * by `dispose`, also after Ctrl-C.
 */
export class Scratch {
  readonly folder = mkdtempSync(join(tmpdir(), 'mm-bench-'));
  isDisposed = false;
  readonly #running = new Set<ChildProcess>();
  readonly #undo: (() => Promise<unknown>)[] = [];

  path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  /** Starts a program; when the benchmark ends first, its whole process group is killed. Throws once disposed. */
  start(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    if (this.isDisposed) throw new Error('the benchmark is over');
    const child = spawn(program, [...args], { ...options, detached: true });
    this.#running.add(child);
    child.once('close', () => this.#running.delete(child));
    return child;
  }

  /** To be undone at the end, the latest first; at once when the end is past. */
  onDispose(undo: () => Promise<unknown>): void {
    if (this.isDisposed) void undo();
    else this.#undo.push(undo);
  }

  async dispose(): Promise<void> {
    this.isDisposed = true;
    for (const child of this.#running) killGroup(child);
    for (const undo of this.#undo.splice(0).reverse()) await undo();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
