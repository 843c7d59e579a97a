// What a test run left behind: files in its own temporary folder, processes that carry its mark. Plain JavaScript of
// 2022, like the runner that asks.

import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Environment variable that every process started by a test run inherits. */
export const runMark = 'MIMAMORI_TEST_RUN';

/** Names of files and folders that nobody removed. */
export function leftFiles(folder) {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Processes that still run and were started by the run `id`, directly or not. Linux only: elsewhere none are seen. */
export function leftProcesses(id) {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => read(`/proc/${pid}/environ`).split('\0').includes(`${runMark}=${id}`))
    .map((pid) => ({
      pid: Number(pid),
      command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim(),
    }))
    .filter(({ command }) => command !== '');
}

/** Empty when the process ended meanwhile or belongs to somebody else. */
function read(file) {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
