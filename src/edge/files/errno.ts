/** The errno name of a failed system call such as `ENOENT`, or `unknown`; never the message, which quotes paths. */
export function errnoOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return 'unknown';
  return typeof error.code === 'string' ? error.code : 'unknown';
}
