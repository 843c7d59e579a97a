import { readFileSync, readlinkSync } from 'node:fs';

import { errnoOf } from '../files/errno.ts';

/** Boot of the machine, namespace of process numbers, number, clock ticks from the boot to its start. */
const MARK = /^([0-9a-f-]{36}) pid:\[(\d+)\] ([1-9]\d{0,9}) (\d+)$/;

/** A name of this process that no other one ever has; undefined where the system does not tell (outside Linux). */
export function processMark(): string | undefined {
  const { pid } = process;
  const place = placeOf();
  const start = statOf(pid)?.start;
  return place === undefined || start === undefined ? undefined : `${place} ${pid} ${start}`;
}

/**
 * Whether the process of a mark is gone for certain. False also for whatever cannot be told from here: another machine, an
 * earlier boot, another container, no mark at all.
 */
export function isProcessGone(mark: string): boolean {
  const found = MARK.exec(mark);
  if (found === null || !mark.startsWith(`${placeOf() ?? ''} `)) return false;
  const pid = Number(found[3]);
  if (!isThere(pid)) return true;
  const stat = statOf(pid);
  return stat !== undefined && (stat.start !== found[4] || stat.isZombie);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Of another user it is there, and may not be signalled.
    return errnoOf(error) !== 'ESRCH';
  }
}

/** Where numbers of processes mean the same as here. */
function placeOf(): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}

/** Undefined also where /proc hides processes of others. */
function statOf(pid: number): { readonly start: string; readonly isZombie: boolean } | undefined {
  try {
    // The name of the program stands in brackets, and may hold brackets and blanks itself.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { start: fields[19]!, isZombie: fields[0] === 'Z' };
  } catch {
    return undefined;
  }
}
