import type { BatchRow } from '../handoff/handoff-register.ts';

/** What a batch is called at its recipient: our own name for it, unless they were given another. */
export function finalName({ file, remoteName }: Pick<BatchRow, 'file' | 'remoteName'>): string {
  return remoteName ?? file;
}
