/**
 * Date and time of a moment in a zone, as names of files have them: `2026-11-22` and `14:05:09`. Throws nothing for a
 * known zone.
 */
export function localMoment(at: Date, timeZone: string): { date: string; time: string } {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const parts = format.formatToParts(at).map(({ type, value }) => [type, value]);
  const of = Object.fromEntries(parts) as Record<string, string>;
  return {
    date: `${of['year']!.padStart(4, '0')}-${of['month']!}-${of['day']!}`,
    time: `${of['hour']!}:${of['minute']!}:${of['second']!}`,
  };
}
