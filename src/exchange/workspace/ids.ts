/** Makes identifiers that cannot be guessed and say nothing about what they name. */
export interface Ids {
  /** `h` and seven characters of a lower-case alphabet without look-alikes, so that it can be read out by phone. */
  handoff(): string;
  /** `b` and seven such characters. */
  backup(): string;
  /** `a` and seven such characters. */
  arrival(): string;
  /** 128 bits as 32 lower-case hex digits: what makes one signed statement unlike every other. */
  nonce(): string;
}
