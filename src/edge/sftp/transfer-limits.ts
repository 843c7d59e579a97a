/** How long anything may take on a connection. Times in milliseconds. */
export interface TransferLimits {
  readonly connectMs: number;
  /** From the open socket to the accepted login, banners included. */
  readonly loginMs: number;
  /** One request, or the wait for the next acknowledgement while many are under way. */
  readonly requestMs: number;
  /** One connection, from the first byte to the last. */
  readonly overallMs: number;
  readonly floorBytesPerSecond: number;
  readonly keepaliveMs: number;
  readonly closeMs: number;
}

/**
 * SSH keepalives do not notice a stopped sftp-server behind a living sshd, so every request has its own deadline;
 * the floor breaks a peer that trickles just enough to stay inside it.
 */
export const transferLimits: TransferLimits = {
  connectMs: 10_000,
  loginMs: 20_000,
  requestMs: 15_000,
  overallMs: 900_000,
  floorBytesPerSecond: 1024,
  keepaliveMs: 10_000,
  closeMs: 1_000,
};
