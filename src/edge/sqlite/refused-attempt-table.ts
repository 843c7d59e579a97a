/** Columns of `refused_attempt`. */
export interface RefusedAttemptTable {
  origin: string;
  actor: string;
  asked: string;
  code: string;
  hour: number;
  attempts: number;
}
