import { KeyLifeFault } from '../../domain/keys/errors.ts';
import { parseVerifierKey } from '../../domain/tlog/verifier-key.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import { currentNumber } from '../keys/own-keys.ts';
import type { OwnKey } from '../keys/own-keys.ts';
import { assertNoneRetiring, keyLifeActor } from '../keys/rotate-key.ts';
import type { KeyLifePorts, KeyLifeRequest } from '../keys/rotate-key.ts';
import type { SignedCheckpoint } from './sign-checkpoint.ts';
import { removeLeftKeys } from '../keys/remove-left-keys.ts';

/** Makes keys of the log, under this number or the next one that is free. */
export interface LogKeyMaker {
  makeLogKey(number: number, origin: string): Promise<Pick<OwnKey, 'number' | 'fingerprint'>>;
}

type Ports = Pick<KeyLifePorts, 'origin' | 'facts' | 'configuration' | 'clock' | 'ownKeys'>;

type LogSecrets = Pick<DeliverySecrets, 'signCheckpoint' | 'close'>;

export interface RotatedLogKey {
  readonly vkey: string;
  readonly replaced: string;
  /** Signed by both keys: by it whoever holds the old one follows to the new one. */
  readonly checkpoint: SignedCheckpoint;
}

export interface RetiredLogKey {
  readonly retired: string;
  /** The first one that the new key signs alone. */
  readonly checkpoint: SignedCheckpoint;
}

/**
 * Makes a new key for the log, which keeps its name. An entry names both keys; from then on both sign each checkpoint,
 * until the old one is retired.
 *
 * Throws `reason-required`, `key-still-retiring` while an earlier one was not retired, and what `actingOfficer`, opening
 * secrets and `signCheckpoint` throw.
 */
export async function rotateLogKey(
  ports: Ports,
  request: KeyLifeRequest,
  openSecrets: () => Promise<LogSecrets & LogKeyMaker>,
): Promise<RotatedLogKey> {
  const { ownKeys, clock, facts, origin } = ports;
  const { officer, reason } = await keyLifeActor(ports, request, 'key-rotate');
  assertNoneRetiring('log', await ownKeys.list('log'));
  const secrets = await openSecrets();
  try {
    // No entry may tell of a key under which the log cannot be signed: a log that may not go on is found before.
    await secrets.signCheckpoint();
    const known = await ownKeys.list('log');
    assertNoneRetiring('log', known);
    const replaced = known.find(({ state }) => state === 'in-use')?.fingerprint ?? facts.vkey;
    const next = Math.max(1, ...known.map(({ number }) => number)) + 1;
    const { name } = parseVerifierKey(replaced);
    const { number, fingerprint: vkey } = await secrets.makeLogKey(next, name);
    const object = `workspace:${facts.id}`;
    await ownKeys.rotate(
      'log',
      { number: currentNumber(known), fingerprint: replaced },
      { number, fingerprint: vkey, madeAt: clock.now() },
      {
        draft: {
          ...{ actor: officer, act: 'log-key-rotate', result: 'done', origin, object },
          data: { vkey, replaced },
        },
        texts: { reason },
      },
    );
    return { vkey, replaced, checkpoint: await secrets.signCheckpoint() };
  } finally {
    secrets.close();
  }
}

/**
 * Ends the overlap: the old key signs all that there is once more, then never again, and its private half is removed.
 * Where a command before ended between row and file, that is finished and answered for.
 *
 * Throws `reason-required`, `key-not-retiring`, and what `actingOfficer`, opening secrets and `signCheckpoint` throw.
 */
export async function retireLogKey(
  ports: Ports & { readonly removeLogKey: (number: number) => Promise<boolean> },
  request: KeyLifeRequest,
  openSecrets: () => Promise<LogSecrets>,
): Promise<RetiredLogKey> {
  const { ownKeys, removeLogKey, facts, origin } = ports;
  const { officer, reason } = await keyLifeActor(ports, request, 'key-retire');
  const known = await ownKeys.list('log');
  const left = await removeLeftKeys(known, removeLogKey);
  const old = known.find(({ state }) => state === 'retiring');
  if (old === undefined && left === undefined) {
    throw new KeyLifeFault('key-not-retiring', { purpose: 'log' });
  }
  const secrets = await openSecrets();
  try {
    if (old === undefined) {
      return { retired: left!.fingerprint, checkpoint: await secrets.signCheckpoint() };
    }
    // Whoever holds the old key alone needs a signature by it over the entry that names the new one.
    await secrets.signCheckpoint();
    await ownKeys.retire('log', old.number, {
      draft: {
        ...{ actor: officer, act: 'log-key-retire', result: 'done', origin },
        object: `workspace:${facts.id}`,
        data: { vkey: old.fingerprint },
      },
      texts: { reason },
    });
    await removeLogKey(old.number);
    return { retired: old.fingerprint, checkpoint: await secrets.signCheckpoint() };
  } finally {
    secrets.close();
  }
}
