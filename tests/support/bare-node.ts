/** Node as a process for which files are unreadable that their bits say are: to root none would be. */
export const bareNode: readonly [command: string, ...words: string[]] =
  process.getuid?.() === 0
    ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', process.execPath]
    : [process.execPath];
