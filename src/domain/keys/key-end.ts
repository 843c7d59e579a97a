import type { HeldKey } from './held-key.ts';

/** Days before the end at which somebody is told, the first warning in front; 0 says that it is over. */
const warningDays = [90, 30, 7, 0] as const;

export type WarningDays = (typeof warningDays)[number];

/** Which of its two ends comes first: what the certificate says, or the cryptoperiod of `[keys]`. */
export interface KeyEnd {
  readonly kind: 'expiry' | 'cryptoperiod';
  readonly at: Date;
  /** Whole days, negative when past. */
  readonly daysLeft: number;
  /** The latest warning that is due; undefined while the end is more than 90 days away. */
  readonly warning: WarningDays | undefined;
}

const dayMs = 86_400_000;

/** When a key that is used ends; undefined for one without an end, and for one that nobody uses any more. */
export function endOf(key: HeldKey, now: Date): KeyEnd | undefined {
  if (key.state === 'retired' || key.state === 'destroyed') return undefined;
  const { expiresAt, periodEndsAt } = key;
  const isExpiry =
    expiresAt !== undefined && (periodEndsAt === undefined || expiresAt <= periodEndsAt);
  const at = isExpiry ? expiresAt : periodEndsAt;
  if (at === undefined) return undefined;
  const leftMs = at.getTime() - now.getTime();
  const due = warningDays.filter((days) => leftMs <= days * dayMs);
  return {
    kind: isExpiry ? 'expiry' : 'cryptoperiod',
    at,
    daysLeft: Math.floor(leftMs / dayMs),
    warning: due.at(-1),
  };
}

/** When a cryptoperiod of so many days is over (PCI DSS v4.0.1 req. 3.7.4). Undefined without a start or a period. */
export function periodEnd(
  createdAt: Date | undefined,
  periodDays: number | undefined,
): Date | undefined {
  if (createdAt === undefined || periodDays === undefined) return undefined;
  return new Date(createdAt.getTime() + periodDays * dayMs);
}
