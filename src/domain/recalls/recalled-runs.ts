/**
 * Which cards of a batch a recall names: runs of places, from 0, in ascending order and apart from each other. A row has
 * eight bytes: the first place and the number of cards, both unsigned and little endian.
 */
const RUN_BYTES = 8;

/** Runs of these places, which ascend and stand there once each. */
export function runsOf(places: Iterable<number>): Uint8Array {
  const runs: [first: number, cards: number][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last !== undefined && last[0] + last[1] === place) last[1] += 1;
    else runs.push([place, 1]);
  }
  const rows = new Uint8Array(runs.length * RUN_BYTES);
  const view = new DataView(rows.buffer);
  for (const [at, [first, cards]] of runs.entries()) {
    view.setUint32(at * RUN_BYTES, first, true);
    view.setUint32(at * RUN_BYTES + 4, cards, true);
  }
  return rows;
}

/** Each run as its first place and its cards. */
export function* eachRun(
  runs: Uint8Array,
): Generator<readonly [first: number, cards: number], undefined> {
  const view = new DataView(runs.buffer, runs.byteOffset, runs.length);
  for (let at = 0; at + RUN_BYTES <= runs.length; at += RUN_BYTES) {
    yield [view.getUint32(at, true), view.getUint32(at + 4, true)];
  }
}

/** The places themselves, ascending. */
export function* placesOf(runs: Uint8Array): Generator<number, undefined> {
  for (const [first, cards] of eachRun(runs)) {
    for (let place = first; place < first + cards; place += 1) yield place;
  }
}

export function countRuns(runs: Uint8Array): number {
  let cards = 0;
  for (const [, count] of eachRun(runs)) cards += count;
  return cards;
}

/** Whether one of the runs has this place. By halving: it is asked for every card of a batch. */
export function holdsPlace(runs: Uint8Array, place: number): boolean {
  const view = new DataView(runs.buffer, runs.byteOffset, runs.length);
  let low = 0;
  let high = Math.floor(runs.length / RUN_BYTES);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (view.getUint32(middle * RUN_BYTES, true) <= place) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return false;
  const at = (low - 1) * RUN_BYTES;
  return place - view.getUint32(at, true) < view.getUint32(at + 4, true);
}
