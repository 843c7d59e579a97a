import { placesOf } from './recalled-runs.ts';

/** What a recall file says of itself, and of the file whose cards it recalls (docs/formats/recall-file.md). */
export interface RecallFile {
  readonly mode: 'drill' | 'live';
  readonly handoff: string;
  readonly batch: string;
  /** What stands in this file alone, and an answer repeats. */
  readonly nonce: string;
  /** The file that the recipient has. */
  readonly recalled: {
    readonly handoff: string;
    readonly batch: string;
    /** Its name there. */
    readonly name: string;
    readonly sha256: string;
    readonly firstReference: number;
    readonly cards: number;
  };
  /** Places in that file, as `runsOf` has them. */
  readonly runs: Uint8Array;
  /** How many they are: `all` of its cards, or `some`. */
  readonly cards: number;
}

/** A chunk has so many lines at most. */
const LINES_AT_ONCE = 4_096;

/**
 * The lines of a recall file, in chunks: ASCII, CRLF. It names cards by the record references that stand in the recalled
 * file, and that file by its name and digest. No card number is in it: we hold none, and the recipient needs none.
 * A recall of a whole file names no record.
 */
export function* recallFileChunks(file: RecallFile): Generator<Uint8Array, undefined> {
  const { recalled, runs, cards } = file;
  const isWhole = cards === recalled.cards;
  yield lines([headOf(file, isWhole)]);
  let some: string[] = [];
  let records = 0;
  for (const place of isWhole ? [] : placesOf(runs)) {
    some.push(`D,${referenceText(recalled.firstReference + place)}`);
    records += 1;
    if (some.length < LINES_AT_ONCE) continue;
    yield lines(some);
    some = [];
  }
  yield lines([...some, `T,${records},${cards}`]);
}

/** Ten digits, as every list has them. */
function referenceText(reference: number): string {
  return String(reference).padStart(10, '0');
}

function headOf({ mode, handoff, batch, nonce, recalled }: RecallFile, isWhole: boolean): string {
  return [
    ...['H', 'mimamori-recall', '1', mode === 'drill' ? 'TEST' : 'LIVE', handoff, batch],
    ...[recalled.handoff, recalled.batch, recalled.name, recalled.sha256],
    ...[isWhole ? 'all' : 'some', nonce],
  ].join(',');
}

function lines(some: readonly string[]): Uint8Array {
  return new TextEncoder().encode(some.map((line) => `${line}\r\n`).join(''));
}
