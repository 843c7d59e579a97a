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
