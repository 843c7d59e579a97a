/** What is stored for no end, milliseconds: the last instant that a Date can hold. NULL would pass a CHECK. */
const noEndMs = 8_640_000_000_000_000;

/** Until when an officer may act, as the tables hold it, milliseconds; undefined is without an end. Errors: nothing. */
export function storedValidity(until: Date | undefined): number {
  return until?.getTime() ?? noEndMs;
}
