import { stat } from 'node:fs/promises';

/**
 * Sizes of files in bytes; 0 for a pipe, whose end is not known, as the reader of sources says. A file that cannot be
 * looked at counts as one byte: what is wrong with it is told when it is opened.
 */
export function sourceSizes(sources: readonly { readonly path: string }[]): Promise<number[]> {
  return Promise.all(sources.map(({ path }) => sizeOf(path)));
}

async function sizeOf(path: string): Promise<number> {
  if (path === '-') return 0;
  return stat(path).then(
    ({ size }) => size || 1,
    () => 1,
  );
}
