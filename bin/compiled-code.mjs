// Where Node may keep our compiled modules between runs. Whoever can write there decides what we run, and Node itself
// asks nobody who that is (docs/decisions/0017-compiled-code.md). Plain JavaScript of 2022, like its neighbours.

import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/**
 * Lets Node keep compiled modules in a directory that is ours alone, and does nothing where there is none: it saves
 * time, nothing else. Where NODE_COMPILE_CACHE names one, that one is used.
 */
export function keepCompiledCode(environment = process.env) {
  if (environment.NODE_COMPILE_CACHE !== undefined) return;
  const directory = privateDirectory(environment);
  if (directory !== undefined) module.enableCompileCache?.(directory);
}

/** Made if need be, mode 0700; undefined when others could put something into it, or something else in its place. */
export function privateDirectory(environment) {
  try {
    const { XDG_CACHE_HOME: caches } = environment;
    const base = caches && isAbsolute(caches) ? caches : join(homeOf(environment), '.cache');
    const directory = join(base, 'mimamori', 'compiled');
    // Before anything is made: root must not leave a directory in somebody else's home.
    if (!withAncestors(realpathSync(nearestPresent(directory))).every(isStable)) return undefined;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const real = realpathSync(directory);
    return isPrivate(real) && withAncestors(real).every(isStable) ? real : undefined;
  } catch {
    return undefined;
  }
}

function homeOf({ HOME: home }) {
  return home && isAbsolute(home) ? home : homedir();
}

function isPrivate(path) {
  const { uid, mode } = statSync(path);
  return uid === process.getuid() && (mode & 0o077) === 0;
}

/** Nobody but root and us can rename what lies in it; in a sticky directory others cannot either. */
function isStable(path) {
  const { uid, mode } = statSync(path);
  const isSticky = (mode & 0o1000) !== 0;
  return (uid === 0 || uid === process.getuid()) && ((mode & 0o022) === 0 || isSticky);
}

function nearestPresent(path) {
  return existsSync(path) ? path : nearestPresent(dirname(path));
}

function withAncestors(path) {
  const above = dirname(path);
  return above === path ? [path] : [path, ...withAncestors(above)];
}
