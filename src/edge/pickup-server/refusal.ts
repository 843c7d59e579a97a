/** Status numbers of draft-ietf-secsh-filexfer-02 section 7. */
export const status = {
  ok: 0,
  eof: 1,
  noSuchFile: 2,
  denied: 3,
  failure: 4,
  unsupported: 8,
} as const;

export type Status = (typeof status)[keyof typeof status];

/** As OpenSSH's server says them. Many programs show these words and no more. */
export const statusWords: Readonly<Record<Status, string>> = {
  [status.ok]: 'Success',
  [status.eof]: 'End of file',
  [status.noSuchFile]: 'No such file',
  [status.denied]: 'Permission denied',
  [status.failure]: 'Failure',
  [status.unsupported]: 'Operation unsupported',
};

/** What a request is answered with when it is not done. */
export class Refusal extends Error {
  readonly status: Status;

  constructor(number: Status) {
    super(`status ${number}`);
    this.status = number;
  }
}
