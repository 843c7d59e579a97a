const DEFAULT_PATTERN = '.{name}.{attempt}-{fence}.part';

/**
 * The name a file has until it is published. Attempt and fence make it ours alone: what stands under it was put there
 * by this attempt of this claim, and may be removed as long as nothing was published.
 */
export function temporaryName(
  pattern: string | undefined,
  name: string,
  attempt: number,
  fence: number,
): string {
  return (pattern ?? DEFAULT_PATTERN)
    .replace('{name}', name)
    .replace('{attempt}', String(attempt))
    .replace('{fence}', String(fence));
}
