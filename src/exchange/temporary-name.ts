const DEFAULT_PATTERN = '.{name}.{attempt}-{fence}.part';
const placeholders = ['{name}', '{attempt}', '{fence}'] as const;

/**
 * Whether a pattern of a recipient may be used: relative, within the directory or below it, and never twice the same
 * name for a batch.
 */
export function isTemporaryPattern(pattern: string): boolean {
  const parts = pattern.split('/');
  return (
    placeholders.every((placeholder) => pattern.split(placeholder).length === 2) &&
    /^[A-Za-z0-9._/{}-]+$/.test(pattern) &&
    pattern !== '{name}' &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

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
