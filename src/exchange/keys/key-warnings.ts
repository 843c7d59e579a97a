import type { HeldKey } from '../../domain/keys/held-key.ts';
import { endOf } from '../../domain/keys/key-end.ts';
import type { KeyEnd, WarningDays } from '../../domain/keys/key-end.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { listKeys, ownKeys } from './list-keys.ts';
import type { KeyListPorts } from './list-keys.ts';

/** A key that ends within 90 days, or has ended. */
export interface EndingKey {
  readonly key: HeldKey;
  readonly end: KeyEnd & { readonly warning: WarningDays };
}

/** A warning as it is kept: of one key, one end, one threshold. */
export interface KeyWarning {
  readonly purpose: HeldKey['purpose'];
  /** Fingerprint, or the id of a key without one. */
  readonly key: string;
  readonly endsAt: Date;
  readonly days: WarningDays;
  readonly act: ActRecord;
}

/** Which warnings the log has already. */
export interface KeyWarnings {
  /** Whether keys were looked at under this mark before. */
  wasSeen(mark: string): Promise<boolean>;
  /** Appends the leaf of each warning that is new, and keeps the mark; all or nothing. Returns how many were new. */
  record(mark: string, warnings: readonly KeyWarning[]): Promise<number>;
}

type Ports = KeyListPorts & { readonly origin: string; readonly keyWarnings: KeyWarnings };

/** Our own keys that end soon; partners' certificates have a check of their own. Throws as `listKeys`. */
export async function ownKeysEnding(ports: KeyListPorts): Promise<readonly EndingKey[]> {
  return endingOf(await ownKeys(ports), ports.clock.now());
}

/**
 * Once a day, and whenever the configuration changed: a leaf for each key that has come within 90, 30 or 7 days of its
 * end, or past it. Nobody can say later that it was not told. Returns how many there were. Throws as `listKeys`.
 */
export async function noticeKeyEnds(ports: Ports): Promise<number> {
  const now = ports.clock.now();
  const { digest } = await ports.configuration.load();
  const mark = `${now.toISOString().slice(0, 10)} ${digest}`;
  if (await ports.keyWarnings.wasSeen(mark)) return 0;
  const ending = endingOf(await listKeys(ports), now);
  const warnings = ending.map((each) => warningOf(each, ports));
  return ports.keyWarnings.record(mark, warnings);
}

function endingOf(keys: readonly HeldKey[], now: Date): EndingKey[] {
  return keys.flatMap((key) => {
    const end = endOf(key, now);
    return end?.warning === undefined ? [] : [{ key, end: { ...end, warning: end.warning } }];
  });
}

function warningOf({ key, end }: EndingKey, { origin, facts }: Ports): KeyWarning {
  const { purpose, id, fingerprint } = key;
  return {
    ...{ purpose, key: fingerprint ?? id, endsAt: end.at, days: end.warning },
    act: {
      draft: {
        ...{ actor: 'system', act: 'key-ending', result: 'done', origin },
        object: `workspace:${facts.id}`,
        data: {
          ...{ purpose, key: id, kind: end.kind, days: end.warning, ends: end.at.toISOString() },
          ...(fingerprint !== undefined && openpgpForm.test(fingerprint) ? { fingerprint } : {}),
          ...(fingerprint?.startsWith('SHA256:') ? { pin: fingerprint } : {}),
        },
      },
    },
  };
}

const openpgpForm = /^[0-9A-F]{40}$/;
