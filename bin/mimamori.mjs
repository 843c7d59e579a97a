#!/usr/bin/env node
// Starts the program on a Node that can run it, or says what to do. Until that is settled nothing but the three small
// files beside this one is loaded: they run on Nodes that the program's packages do not start on.

import { existsSync, realpathSync } from 'node:fs';
import { endianness } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { keepCompiledCode } from './compiled-code.mjs';
import { relaunch } from './relaunch.mjs';
import { isRecentEnough, nodeMin, suitableNode } from './suitable-node.mjs';

const self = fileURLToPath(import.meta.url);
const root = dirname(dirname(self));
const main = new URL('../dist/doors/cli/main.js', import.meta.url);
const args = process.argv.slice(2);
const found = `${process.versions.node} on ${process.platform} ${process.arch}`;

await start();

async function start() {
  if (process.platform === 'win32') {
    return refuse('platform-unsupported', 'Windows itself is not supported', [
      'Do now   install WSL 2 (wsl --install) and run mimamori in its Linux',
    ]);
  }
  // Columns of numbers go into the database and its index as they stand in memory.
  if (endianness() !== 'LE') {
    return refuse('platform-unsupported', 'big-endian machines are not supported', [
      'Do now   use a machine with an x64 or arm64 processor',
    ]);
  }
  if (!isRecentEnough(process.versions.node)) return startElsewhere();
  if (!existsSync(main)) {
    return refuse('not-built', 'the program is not built yet', [
      `Do now   npm run build   in ${root}`,
    ]);
  }
  keepCompiledCode();
  try {
    await import(main.href);
  } catch (error) {
    refuseToLoad(error);
  }
}

async function startElsewhere() {
  const node = suitableNode();
  // Were the one that came with the package not what it says, it would start itself without end.
  if (node === undefined || realpathSync(node) === realpathSync(process.execPath)) {
    return refuse(
      'node-too-old',
      `needs Node ${nodeMin} or newer; this is ${found}`,
      adviceOnNode(),
    );
  }
  try {
    await relaunch(node, [...process.execArgv, self, ...args]);
  } catch (error) {
    refuse('node-not-started', `${node} cannot be started: ${String(error.code)}`, [
      `Do now   install Node ${nodeMin} or newer and start mimamori with it`,
    ]);
  }
}

function adviceOnNode() {
  const own = `install Node ${nodeMin} or newer and start mimamori with it`;
  if (process.platform !== 'linux' || process.arch !== 'x64') return [`Do now   ${own}`];
  return [
    'On Linux x64 the package brings its own Node, but that was not installed.',
    `Do now   npm ci --include=optional   in ${root}`,
    `Or       ${own}`,
  ];
}

/** Only what Node says about modules is shown: text of any other error could come from anywhere. */
function refuseToLoad(error) {
  const code = String(error?.code ?? error?.name ?? 'unknown');
  if (code === 'ERR_MODULE_NOT_FOUND') {
    const [reason] = error.message.split(' imported from ');
    return refuse('not-installed', reason, [`Do now   npm ci && npm run build   in ${root}`]);
  }
  return refuse(
    'not-started',
    `the program could not be loaded: ${code}`,
    [`Do now   npm ci && npm run build   in ${root}; if that does not help, please report it`],
    70,
  );
}

function refuse(code, message, advice, status = 78) {
  process.exitCode = status;
  if (args.includes('--json')) {
    const hint = advice.join('; ').replace(/ {2,}/g, ' ');
    process.stdout.write(
      `${JSON.stringify({ error: { code, message, hint, retry: 'after-operator' } })}\n`,
    );
    return;
  }
  const lines = advice.map((line) => `  ${line}\n`).join('');
  process.stderr.write(`mimamori: ${message}\n\n${lines}\n  ${code} · exit ${status}\n`);
}
