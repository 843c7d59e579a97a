/** Status numbers of draft-ietf-secsh-filexfer-02 section 7. */
export const status = {
  ok: 0,
  eof: 1,
  noSuchFile: 2,
  denied: 3,
  failure: 4,
  unsupported: 8,
} as const;

/** What a request is answered with when it is not done. */
export class Refusal extends Error {
  readonly status: number;

  constructor(number: number) {
    super(`status ${number}`);
    this.status = number;
  }
}
