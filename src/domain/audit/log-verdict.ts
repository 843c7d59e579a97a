import type { Facts } from '../fault.ts';
import type { LogRecovery } from './log-recovery.ts';

export type BreachKind =
  | 'leaf-missing'
  | 'leaf-misplaced'
  | 'leaf-altered'
  | 'leaf-malformed'
  | 'node-missing'
  | 'node-altered'
  | 'node-unexpected'
  | 'checkpoint-malformed'
  | 'checkpoint-bad-signature'
  | 'checkpoint-other-log'
  | 'checkpoint-altered'
  | 'checkpoint-inconsistent'
  | 'anchor-malformed'
  | 'anchor-bad-signature'
  | 'anchor-unknown-key'
  | 'anchor-other-log'
  | 'anchor-ahead'
  | 'anchor-forked'
  | 'anchor-missing'
  | 'text-altered'
  | 'text-unbound'
  | 'row-altered'
  | 'row-missing'
  | 'row-unbound'
  | 'file-unexpected'
  | 'key-unproven'
  | 'keys-differ'
  | 'recovery-unconfirmed'
  | 'recovery-inconsistent'
  | 'entries-lost';

/** The first thing that does not hold. `index` is that of a leaf, `size` that of a checkpoint. */
export interface LogBreach {
  readonly holds: false;
  readonly kind: BreachKind;
  readonly index?: number;
  readonly size?: number;
  readonly detail: Facts;
}

/** Leaves from `signedTo` on are in order but no signature speaks for them yet; the same for `anchoredTo`. */
export interface LogHolds {
  readonly holds: true;
  readonly entries: number;
  readonly root: Uint8Array;
  readonly signedTo: number;
  readonly anchoredTo: number;
  /** Each time the log went on after entries of it were lost, in order; absent where it never did. */
  readonly recoveries?: readonly LogRecovery[];
}

export type LogVerdict = LogHolds | LogBreach;

export function breach(
  kind: BreachKind,
  where: { readonly index?: number; readonly size?: number },
  detail: Facts = {},
): LogBreach {
  return { holds: false, kind, ...where, detail };
}
