import { fromHex } from './hex.ts';
import type { Leaf } from './leaf.ts';

/** A leaf by which a log whose last entries are lost goes on under another key and another name. */
export interface LogRecovery {
  readonly index: number;
  readonly act: 'log-recover';
  readonly at: string;
  /** The key that signs from here on, and the one before: verifier keys, whose names are the origins. */
  readonly vkey: string;
  readonly replaced: string;
  /** The newest anchored checkpoint that this log agrees with: its size and root. */
  readonly size: number;
  readonly root: Uint8Array;
  /** The newest one in the anchor. Entries from `size` up to here are lost. */
  readonly anchored: number;
  readonly anchoredRoot: Uint8Array;
  readonly requester: string;
  readonly officer: string;
  /** SHA-256 in hex of the statement that both signed. */
  readonly statement: string;
  /** Absent once it was removed, and where texts are not at hand. */
  readonly reason?: string;
}

const NAME = /^(.+)\/(recovered-[0-9a-f]{16})$/;
const PART = /^recovered-[0-9a-f]{16}$/;
/** Digits of the last part of the name of a recovered log. */
export const RECOVERY_HEX_DIGITS = 16;

/** The last part of the name of a recovered log, which names its part of the anchor; undefined for any other. */
export function recoveryPart(origin: string): string | undefined {
  return NAME.exec(origin)?.[2];
}

/** Whether an entry of the anchor is named like a recovered log. */
export function isRecoveryPart(name: string): boolean {
  return PART.test(name);
}

/** The name that a log had before it was first recovered. */
function firstOrigin(origin: string): string {
  return NAME.exec(origin)?.[1] ?? origin;
}

/** The name of a recovered log: that of `init` with one part more, however often a log is recovered. */
export function recoveredOrigin(origin: string, hex: string): string {
  return `${firstOrigin(origin)}/recovered-${hex}`;
}

/** Whether a log of one name may go on under the other by a recovery. */
export function isRecoveryOf(origin: string, earlier: string): boolean {
  const isOther = recoveryPart(origin) !== undefined && origin !== earlier;
  return isOther && firstOrigin(origin) === firstOrigin(earlier);
}

/** What a leaf says of a recovery; undefined for any other leaf. */
export function recoveryOf(leaf: Leaf, index: number): LogRecovery | undefined {
  if (leaf.act !== 'log-recover') return undefined;
  const data = leaf.data as Readonly<
    Record<'vkey' | 'replaced' | 'requester' | 'officer' | 'statement', string> &
      Record<'root' | 'anchoredRoot', string> &
      Record<'size' | 'anchored', number>
  >;
  const { vkey, replaced, size, anchored, requester, officer, statement } = data;
  return {
    ...{ index, act: 'log-recover', at: leaf.at, vkey, replaced, size, anchored },
    ...{ requester, officer, statement },
    root: fromHex(data.root),
    anchoredRoot: fromHex(data.anchoredRoot),
  };
}
