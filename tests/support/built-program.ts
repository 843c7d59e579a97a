import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = join(root, 'dist/doors/cli/main.js');
const lock = join(root, 'node_modules/.cache/build.lock');
const waitMs = 120_000;

/** Where Node keeps compiled modules between runs. */
export const compiledCache = join(root, 'node_modules/.cache/compiled');

/** What a person starts. */
export const programPath = join(root, 'bin/mimamori.mjs');

/**
 * Builds `dist/` where it is missing or older than `src/`. `npm test` has built already; this is for single test files.
 * Test files run side by side, so one of them builds and the others wait.
 */
export async function ensureBuilt(): Promise<void> {
  if (isCurrent()) return;
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  const until = Date.now() + waitMs;
  while (!takeLock()) {
    if (Date.now() > until) throw new Error(`somebody else builds for too long: ${lock}`);
    await pause(200);
  }
  try {
    if (!isCurrent()) build();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function build(): void {
  const bundler = join(root, 'build/bundle.mjs');
  execFileSync(process.execPath, [bundler], { cwd: root, stdio: 'inherit' });
}

function takeLock(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

function isCurrent(): boolean {
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return sources
    .filter((name) => name.endsWith('.ts'))
    .every((name) => statSync(join(root, 'src', name)).mtimeMs <= built);
}
