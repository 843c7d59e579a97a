/**
 * Takes the records that did not become a card of their own, one by one while a source is read.
 *
 * `source` is the number of the job, `line` the physical line (from 1) where the record starts, `reason` a place in
 * `reasons`, `merchant` the place of its merchant, of no meaning where the incident lists none. Called synchronously up
 * to once per record: it has to be cheap.
 */
export interface FindingSink {
  finding(source: number, line: number, reason: number, merchant: number): void;
}
