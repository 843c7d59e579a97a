import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

import type { CliRun, Desk } from './cli.ts';
import { until } from './processes.ts';

const FULL = Buffer.alloc(4096, '\n');
const PAGE = 65_536;

/**
 * Runs the program until it writes its answer, and holds it there: standard output is a pipe that is full. `look` gets
 * the id of a process that has done all of its work and has nothing of it cleared away yet. Linux only.
 */
export async function heldAtEnd(
  desk: Desk,
  args: readonly string[],
  look: (pid: number) => void,
  input: Uint8Array | string = '',
): Promise<CliRun> {
  const pipe = join(desk.root, 'held');
  execFileSync('mkfifo', ['-m', '600', pipe]);
  const ours = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    fill(ours);
    const running = desk.start(args, {
      under: ['sh', '-c', 'exec "$@" >"$HELD"', 'sh'],
      env: { HELD: pipe },
    });
    running.child.stdin?.end(input);
    await until('the program at its end', () => isWriting(running.pid) || hasEnded(running.child));
    look(running.pid);
    let stdout = '';
    const room = Buffer.alloc(PAGE);
    const drained = until('the rest of the answer', () => {
      stdout += drain(ours, room);
      return hasEnded(running.child);
    });
    const [{ status, stderr }] = await Promise.all([running.ended, drained]);
    stdout += drain(ours, room);
    return { status, stdout: stdout.trimStart(), stderr };
  } finally {
    closeSync(ours);
    execFileSync('rm', [pipe]);
  }
}

function hasEnded(child: { readonly exitCode: number | null; readonly signalCode: unknown }) {
  return child.exitCode !== null || child.signalCode !== null;
}

function fill(pipe: number): void {
  try {
    for (;;) writeSync(pipe, FULL);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
}

function drain(pipe: number, room: Buffer): string {
  try {
    return room.toString('utf8', 0, readSync(pipe, room));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    return '';
  }
}

/** Whether it waits to be able to write to standard output: its event loop asks the system to be told (EPOLLOUT, 4). */
function isWriting(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/fdinfo`).some((file) => {
      const info = readFileSync(`/proc/${pid}/fdinfo/${file}`, 'latin1');
      const events = /^tfd:\s+1 events:\s+([0-9a-f]+)/m.exec(info)?.[1];
      return events !== undefined && (parseInt(events, 16) & 4) !== 0;
    });
  } catch {
    return false;
  }
}
