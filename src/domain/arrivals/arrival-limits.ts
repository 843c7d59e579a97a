/** Of one file: the largest answer (`ANSWER_BYTES_MAX`), signed and encrypted. Of sources, the same. */
export const ARRIVAL_BYTES_MAX = 40 * 1024 * 1024;
/** Answers of one recipient, or sources out of one box, that lie here or are on their way in. */
export const ARRIVALS_MAX = 64;
/** All of them together. */
export const ARRIVALS_BYTES_MAX = 256 * 1024 * 1024;

/** A file over which so many reading processes ended is put into quarantine as `KILLS_READER`. */
export const READER_DEATHS_MAX = 3;
export const KILLS_READER = 'arrival-kills-reader';

/**
 * How a file comes, and with that what it is: an answer, into the inbox of a box or out of the recipient's own directory;
 * or a source, into the folder of a box that is for nothing else. Whoever brings it says so; nobody guesses.
 */
export const arrivalWays = ['inbox', 'directory', 'sources'] as const;

export type ArrivalWay = (typeof arrivalWays)[number];

/** Why a file was not taken, though nobody opened it; besides codes of its outer packets, `source-*`. */
export const arrivalRefusals = [
  /** Larger than any answer, or empty. One in clear: larger than `ANSWER_BYTES_MAX`. */
  'arrival-size',
  /** As many files, or bytes, of this recipient lie here as may. */
  'arrival-box-full',
  /** A name with other characters than `isArrivalName` has, or with a card number. */
  'arrival-name',
  /** Under this name another file waits. */
  'arrival-name-taken',
  /** A directory, a link, a device. */
  'arrival-not-a-file',
  /** The other server does not let us read it, or gives less than it says there is. */
  'arrival-unreadable',
  /** It was fetched, and the other server does not let us remove it. */
  'arrival-not-removed',
  /** Their directory has more entries than are read. */
  'arrival-too-many-names',
] as const;

export type ArrivalRefusal = (typeof arrivalRefusals)[number];
