import { KeyLifeFault } from '../../domain/keys/errors.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { currentNumber } from './own-keys.ts';
import type { OwnKey, OwnKeyPurpose, OwnKeys, SftpKeyFiles, SftpKeyKind } from './own-keys.ts';
import type { PublicKeys } from './public-keys.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import { removeLeftKeys } from './remove-left-keys.ts';

export interface KeyLifePorts {
  readonly origin: string;
  readonly facts: WorkspaceFacts;
  readonly configuration: Configuration;
  readonly ownKeys: OwnKeys;
  readonly publicKeys: Pick<PublicKeys, 'sftp'>;
  readonly clock: Clock;
}

export interface KeyLifeRequest {
  readonly officer: string | undefined;
  readonly reason: string | undefined;
}

/** The key that is used from now on, and the one that it follows. */
export interface RotatedKey {
  readonly fingerprint: string;
  readonly line: string;
  readonly replaced: string;
}

/**
 * Makes a new key to log in at recipients with. It is offered first from now on; the one before, `retiring`, is offered
 * after it, so that a recipient who has not entered the new one yet is still reached.
 *
 * Throws `reason-required`, `key-still-retiring` while an earlier one was not retired, what `actingOfficer` throws, and
 * what opening secrets and writing the files throws.
 */
export async function rotateSftpKey(
  ports: KeyLifePorts,
  request: KeyLifeRequest & { readonly kind: SftpKeyKind },
  openFiles: () => Promise<Pick<SftpKeyFiles, 'make'> & { close(): void }>,
): Promise<RotatedKey> {
  const { ownKeys, publicKeys, clock, facts, origin } = ports;
  const { officer, reason } = await keyLifeActor(ports, request, 'key-rotate');
  assertNoneRetiring('sftp', await ownKeys.list('sftp'));
  const files = await openFiles();
  try {
    // A passphrase may have been asked for in between.
    const known = await ownKeys.list('sftp');
    assertNoneRetiring('sftp', known);
    const { fingerprint: replaced } = await publicKeys.sftp();
    const before = { number: currentNumber(known), fingerprint: replaced };
    const next = Math.max(1, ...known.map((key) => key.number)) + 1;
    const { fingerprint, number } = await files.make(next, request.kind);
    const data = {
      ...{ purpose: 'sftp', algorithm: request.kind },
      ...{ pin: fingerprint, replaced: before.fingerprint },
    };
    const object = `workspace:${facts.id}`;
    await ownKeys.rotate(
      'sftp',
      before,
      { number, fingerprint, madeAt: clock.now() },
      {
        draft: { actor: officer, act: 'key-rotate', result: 'done', origin, object, data },
        texts: { reason },
      },
    );
    const { line } = await publicKeys.sftp();
    return { fingerprint, line, replaced: before.fingerprint };
  } finally {
    files.close();
  }
}

/** Two keys may overlap, three may not. Throws `key-still-retiring`. */
export function assertNoneRetiring(purpose: OwnKeyPurpose, known: readonly OwnKey[]): void {
  const old = known.find(({ state }) => state === 'retiring');
  if (old === undefined) return;
  throw new KeyLifeFault('key-still-retiring', { purpose, fingerprint: old.fingerprint });
}

/**
 * Ends the overlap: the key that was replaced is offered nowhere any more, and its private half is removed.
 * Where a command before ended between the two, that is finished and answered for.
 *
 * Throws `reason-required`, `key-not-retiring` and what `actingOfficer` throws.
 */
export async function retireSftpKey(
  ports: KeyLifePorts & { readonly sftpKeyFiles: Pick<SftpKeyFiles, 'remove'> },
  request: KeyLifeRequest,
): Promise<Pick<OwnKey, 'fingerprint'>> {
  const { ownKeys, sftpKeyFiles, facts, origin } = ports;
  const { officer, reason } = await keyLifeActor(ports, request, 'key-retire');
  const known = await ownKeys.list('sftp');
  const left = await removeLeftKeys(known, (number) => sftpKeyFiles.remove(number));
  const old = known.find(({ state }) => state === 'retiring');
  if (old === undefined) {
    if (left === undefined) throw new KeyLifeFault('key-not-retiring', { purpose: 'sftp' });
    return { fingerprint: left.fingerprint };
  }
  await ownKeys.retire('sftp', old.number, {
    draft: {
      ...{ actor: officer, act: 'key-retire', result: 'done', origin },
      object: `workspace:${facts.id}`,
      data: { purpose: 'sftp', pin: old.fingerprint },
    },
    texts: { reason },
  });
  await sftpKeyFiles.remove(old.number);
  return { fingerprint: old.fingerprint };
}

/** Who acts, and why. Throws `reason-required` and what `actingOfficer` throws. */
export async function keyLifeActor(
  { configuration, clock }: Pick<KeyLifePorts, 'configuration' | 'clock'>,
  request: KeyLifeRequest,
  act: 'key-rotate' | 'key-retire' | 'credential-create' | 'credential-revoke',
): Promise<{ readonly officer: string; readonly reason: string }> {
  const { officers } = await configuration.load();
  const { id } = actingOfficer(officers, request.officer, 'officer', clock.now());
  const { reason } = request;
  if (reason === undefined || reason === '') throw new DecisionFault('reason-required', { act });
  return { officer: id, reason };
}
