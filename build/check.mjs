// `npm run check`: form, types, layers, unused code and lint, two at a time, the longest first. Each says what it has to
// say when it is done, so that two do not talk at once; the exit status is 1 when one of them fails.

import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const parts = ['lint', 'format:check', 'typecheck', 'layers', 'unused'];
// Lint and the type checker hold more than a gigabyte each.
const atOnce = Math.min(2, availableParallelism());

const waiting = [...parts];
const failed = [];
await Promise.all(Array.from({ length: atOnce }, work));
if (failed.length > 0) {
  console.error(`check: ${failed.join(', ')} failed`);
  process.exitCode = 1;
}

async function work() {
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    if (!(await holds(part))) failed.push(part);
  }
}

/** Runs one script of package.json; whether it ended with 0. */
function holds(part) {
  const child = spawn('npm', ['run', '--silent', part], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`check: ${part} could not be started: ${String(error.code)}`);
      resolve(false);
    });
    child.once('close', (status) => {
      process.stdout.write(Buffer.concat(said));
      resolve(status === 0);
    });
  });
}
