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
  readonly #running = new Set<ChildProcess>();
  readonly #undo: (() => Promise<unknown>)[] = [];

  path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  /** Starts a program; when the benchmark ends first, its whole process group is killed. */
  start(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    const child = spawn(program, [...args], { ...options, detached: true });
    this.#running.add(child);
    child.once('close', () => this.#running.delete(child));
    return child;
  }

  /** To be undone at the end, the latest first. */
  onDispose(undo: () => Promise<unknown>): void {
    this.#undo.push(undo);
  }

  async dispose(): Promise<void> {
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
