// Hands the whole command line, the terminal and the signals to another Node. Plain JavaScript of 2022, like its
// neighbour.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs `node` with `args` on our own standard streams and ends this process the way that one ended: same exit status,
 * or the same signal.
 *
 * Rejects when `node` cannot be started.
 */
export async function relaunch(node, args) {
  const child = spawn(node, args, { stdio: 'inherit' });
  const forward = (signal) => {
    if (!cameFromTerminal(signal)) child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, forward);
  const { status, signal } = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, name) => resolve({ status: code, signal: name }));
  });
  for (const each of forwarded) process.removeListener(each, forward);
  if (signal === null) {
    process.exitCode = status;
    return;
  }
  process.exitCode = 128 + (constants.signals[signal] ?? 0);
  process.kill(process.pid, signal);
}

/**
 * A terminal sends Ctrl-C to every process of its foreground group, so the other Node has had it already; a second one
 * would mean "stop at once" to it. Fields of /proc/self/stat behind the name: state, parent, group, session, terminal,
 * the terminal's foreground group.
 */
function cameFromTerminal(signal) {
  if (signal === 'SIGTERM') return false;
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[2] === fields[5];
  } catch {
    return false;
  }
}
