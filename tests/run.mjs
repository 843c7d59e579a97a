// `npm test`: the whole suite from a checkout. Finds the peers, builds the program, runs every test on a suitable Node,
// and closes with one plain line. Nothing is skipped: a peer that cannot be had stops the run.
//
// Arguments are passed on to vitest: npm test -- --project unit

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { nodeMin, suitableNode } from '../bin/suitable-node.mjs';
import {
  canInstall,
  installLine,
  installPackages,
  missingPackages,
} from './support/debian-peers.mjs';
import { leftFiles, leftProcesses, runMark } from './support/leftovers.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const configuration = 78;

process.exitCode = main(process.argv.slice(2));

function main(args) {
  const node = suitableNode();
  if (node === undefined) {
    return stop(
      `the tests need Node ${nodeMin} or newer: npm ci --include=optional, or install it`,
    );
  }
  const missing = provide(missingPackages());
  if (missing.length > 0) return stop(installLine(missing));
  if (args.includes('--peers-only')) return 0;

  const built = run(node, ['build/bundle.mjs']);
  if (built !== 0) return close({ passed: 0, failed: 0, skipped: 0 }, ['the build failed']);
  return test(node, args);
}

function provide(missing) {
  if (missing.length === 0 || !canInstall()) return missing;
  console.log(`Installing what the tests talk to: ${missing.join(' ')}`);
  return installPackages(missing);
}

function test(node, args) {
  // A folder of its own shows what the tests left; its short name leaves room for the paths of sockets.
  const scratch = mkdtempSync(join(tmpdir(), 'mm-'));
  const results = mkdtempSync(join(tmpdir(), 'mm-results-'));
  const countsFile = join(results, 'counts.json');
  const status = run(
    node,
    ['node_modules/vitest/vitest.mjs', 'run', ...reporters(), ...args],
    environment(node, { TMPDIR: scratch, MIMAMORI_TEST_COUNTS: countsFile, [runMark]: scratch }),
  );
  const problems = [...leftBehind(scratch)];
  const counts = readCounts(countsFile);
  for (const folder of [scratch, results]) rmSync(folder, { recursive: true, force: true });
  if (counts === undefined) problems.push('vitest ended without counting its tests');
  else if (counts.reason === 'interrupted') problems.push('the run was interrupted');
  else if (counts.passed === 0) problems.push('no test ran');
  const known = counts ?? { passed: 0, failed: 0, skipped: 0 };
  if (status !== 0 && known.failed + problems.length === 0)
    problems.push(`vitest exited ${status}`);
  return close(known, problems);
}

function reporters() {
  return ['--reporter=default', '--reporter=./tests/support/count-reporter.mjs'];
}

/** The chosen Node is `node` to whatever the tests start, and servers are found as they are for root. */
function environment(node, own) {
  const path = [dirname(node), process.env.PATH ?? '', '/usr/sbin', '/sbin'].join(delimiter);
  return { ...process.env, ...own, PATH: path };
}

function* leftBehind(scratch) {
  for (const { pid, command } of leftProcesses(scratch)) {
    yield `a process was left running: ${pid} ${command}`;
    process.kill(pid, 'SIGKILL');
  }
  for (const name of leftFiles(scratch)) yield `a temporary file was left behind: ${name}`;
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Every problem counts as one failure, so that the closing line alone tells a good run from a bad one. */
function close({ passed, failed, skipped, slowest = [] }, problems) {
  for (const { file, seconds } of slowest) console.log(`slow: ${seconds.toFixed(1)} s  ${file}`);
  if (skipped > 0) problems.push(`${skipped} skipped: nothing may be skipped`);
  for (const problem of problems) console.log(`failed: ${problem}`);
  const failures = failed + problems.length;
  const rest = skipped > 0 ? `, ${skipped} skipped` : '';
  console.log(`\n${passed} passed, ${failures} failed${rest}`);
  return failures === 0 ? 0 : 1;
}

function stop(line) {
  console.error(line);
  return configuration;
}

function run(program, args, env = process.env) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', env });
  if (error !== undefined) console.error(String(error));
  return status ?? 1;
}
