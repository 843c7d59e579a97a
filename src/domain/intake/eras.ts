// Japanese eras, in which paper forms and old systems write their years. Days of the changes: the cabinet orders of
// 1989-01-07 (昭和64年政令第1号) and 2019-04-01 (平成31年政令第143号); 昭和 began on 1926-12-25.

/** One era: its first and last day as yyyymmdd, and the year before its first. */
export interface Era {
  /** The letter it is shortened to, a capital. */
  readonly letter: string;
  /** Its two characters, and the one that stands for both. */
  readonly names: readonly [string, string];
  readonly yearZero: number;
  readonly from: number;
  readonly to: number;
}

export const eras: readonly Era[] = [
  { letter: 'R', names: ['令和', '㋿'], yearZero: 2018, from: 20190501, to: 99991231 },
  { letter: 'H', names: ['平成', '㍻'], yearZero: 1988, from: 19890108, to: 20190430 },
  { letter: 'S', names: ['昭和', '㍼'], yearZero: 1925, from: 19261225, to: 19890107 },
];

/** The era with the ASCII letter `byte`, in either case; undefined where there is none. */
export function eraByLetter(byte: number): Era | undefined {
  const letter = byte & 0xdf;
  return eras.find((era) => era.letter.charCodeAt(0) === letter);
}

/** Whether the day lies in the era: 平成32年 never came, and whoever wrote it may have meant another year. */
export function isOfEra(era: Era, year: number, month: number, day: number): boolean {
  const written = (year * 100 + month) * 100 + day;
  return written >= era.from && written <= era.to;
}
