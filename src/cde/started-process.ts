import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { withoutCoreDumps } from '../edge/machine/core-dumps.ts';
import type { PrepareReceiver } from '../exchange/handoff/card-process.ts';
import { CardProcessFault } from './errors.ts';
import { Outbound } from './outbound.ts';
import { receiveAnswer } from './receive-answer.ts';

/** Our end of a process that was started. */
export interface Started {
  readonly child: ChildProcess;
  /** Rejects when the process could not be started. */
  readonly ended: Promise<unknown>;
  readonly pipe: Writable;
  readonly outbound: Outbound;
  hasSecrets: boolean;
}

/** Sends a job, receives what streams out, if anything may, and returns the answer; afterwards the process is gone. */
export async function answered(
  started: Started,
  send: () => Promise<void>,
  receive: PrepareReceiver | undefined,
  signal: AbortSignal | undefined,
  stopBy: NodeJS.Signals = 'SIGKILL',
): Promise<unknown> {
  const { child, ended } = started;
  const stop = (): void => void child.kill(stopBy);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  try {
    // A process that dies early breaks the pipe: the missing answer says so, the broken pipe adds nothing.
    const sent = send().catch(() => undefined);
    const answer = await receiveAnswer(child.stdio[4] as Readable, receive);
    await sent;
    if (signal?.aborted === true) throw new CardProcessFault('interrupted');
    if (answer === undefined) throw new CardProcessFault(await endOf(child));
    return answer;
  } finally {
    signal?.removeEventListener('abort', stop);
    child.kill('SIGKILL');
    await ended;
  }
}

/** Ctrl-C at a terminal reaches both processes, and the child may be gone before this one has noticed its own signal. */
async function endOf(child: ChildProcess): Promise<'interrupted' | 'card-process-died'> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.signalCode === 'SIGINT' || child.signalCode === 'SIGTERM'
    ? 'interrupted'
    : 'card-process-died';
}

/**
 * No shell, no inherited environment, no standard output or error: what a library prints there could hold a record.
 * NODE_OPTIONS is dropped with the rest, so nobody can inspect the process through it, and it may leave no core file.
 */
export function start(readsStandardInput: boolean): Started {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = fileURLToPath(new URL(`./main.${extension}`, import.meta.url));
  const [program, args] = withoutCoreDumps(process.execPath, [
    '--disable-proto=throw',
    '--disallow-code-generation-from-strings',
    '--disable-sigusr1',
    // Buffers that passed through are let go of early: megabytes, three times over in each generation.
    '--max-semi-space-size=4',
    // What loads stays: a smaller heap would be searched for garbage before there is any.
    '--initial-old-space-size=64',
    entry,
  ]);
  const child = spawn(program, args, {
    stdio: [readsStandardInput ? 'inherit' : 'ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: {},
  });
  const pipe = child.stdio[3] as Writable;
  pipe.on('error', () => undefined);
  // When a child ends, Node discards what nobody listens for: an answer that came before `prepare` would be lost.
  (child.stdio[4] as Readable).on('readable', () => undefined);
  const ended = once(child, 'close');
  ended.catch(() => undefined);
  return { child, ended, pipe, outbound: new Outbound(pipe), hasSecrets: false };
}
