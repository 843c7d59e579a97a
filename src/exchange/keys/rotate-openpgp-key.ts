import { KeyLifeFault } from '../../domain/keys/errors.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { MadeOpenpgpKey, OpenpgpKeyKind, OpenpgpKeyMaker } from './openpgp-key-maker.ts';
import type { HandoffRegister } from '../handoff/handoff-register.ts';
import { unsentOfSigner } from '../handoff/unsent-of-signer.ts';
import type { Unsent } from '../handoff/unsent-of-signer.ts';
import { ourOpenpgpKeys } from './own-keys.ts';
import type { OwnKey, OwnKeys } from './own-keys.ts';
import type { PassphraseSource } from './passphrases.ts';
import { assertNoneRetiring, keyLifeActor } from './rotate-key.ts';
import type { KeyLifeRequest } from './rotate-key.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';
import { removeLeftKeys } from './remove-left-keys.ts';

/** OpenPGP keys of ours as files. A file that no row names is nobody's key. */
export interface OpenpgpKeyFiles {
  /** Stores a key under this number or, where a file has it already, the next one that is free. Returns which. */
  put(number: number, key: MadeOpenpgpKey): Promise<number>;
  /** Removes the private half; whether there was one. */
  remove(number: number): Promise<boolean>;
}

export interface OpenpgpKeyPorts {
  readonly origin: string;
  readonly facts: WorkspaceFacts;
  readonly folder: WorkspaceFolder;
  readonly configuration: Configuration;
  readonly ownKeys: OwnKeys;
  readonly openpgpKeyFiles: OpenpgpKeyFiles;
  readonly cardProcess: OpenpgpKeyMaker;
  readonly passphrases: PassphraseSource;
  readonly clock: Clock;
}

/** The key that signs from now on, and the one that it follows. */
export interface RotatedOpenpgpKey {
  readonly fingerprint: string;
  /** Armored. */
  readonly certificate: string;
  readonly replaced: string;
  readonly isVouchedFor: boolean;
}

export interface RetiredOpenpgpKey {
  readonly fingerprint: string;
  /** What it signed and what therefore never leaves. */
  readonly unsent: Unsent;
}

/**
 * Makes a new OpenPGP key, which signs from now on. The one before, `retiring`, opens what is still sealed to it and signs
 * nothing any more, but what it signed is delivered.
 *
 * Throws `reason-required`, `key-still-retiring` while an earlier one was not retired, what `actingOfficer` and making
 * the key throw, and what the passphrase throws.
 */
export async function rotateOpenpgpKey(
  ports: OpenpgpKeyPorts,
  request: KeyLifeRequest & { readonly kind: OpenpgpKeyKind },
  signal?: AbortSignal,
): Promise<RotatedOpenpgpKey> {
  const { ownKeys, openpgpKeyFiles, clock, facts, origin } = ports;
  const { officer, reason } = await keyLifeActor(ports, request, 'key-rotate');
  assertNoneRetiring('openpgp', await ownKeys.list('openpgp'));
  const [before] = await ourOpenpgpKeys(ports);
  const made = await madeKey(ports, request.kind, before!, signal);
  const known = await ownKeys.list('openpgp');
  const next = Math.max(1, ...known.map(({ number }) => number)) + 1;
  const number = await openpgpKeyFiles.put(next, made);
  const { fingerprint, certificate, isVouchedFor } = made;
  // Another rotation may have come in between: the database refuses this one then.
  await ownKeys.rotate(
    'openpgp',
    before!,
    { number, fingerprint, madeAt: clock.now() },
    {
      draft: {
        ...{ actor: officer, act: 'key-rotate', result: 'done', origin },
        object: `workspace:${facts.id}`,
        data: {
          ...{ purpose: 'openpgp', algorithm: request.kind, fingerprint },
          ...{ follows: before!.fingerprint, vouched: isVouchedFor },
        },
      },
      texts: { reason },
    },
  );
  return { fingerprint, certificate, isVouchedFor, replaced: before!.fingerprint };
}

async function madeKey(
  { cardProcess, configuration, passphrases, folder, facts, clock }: OpenpgpKeyPorts,
  kind: OpenpgpKeyKind,
  { number, fingerprint }: OwnKey,
  signal: AbortSignal | undefined,
): Promise<MadeOpenpgpKey> {
  const { settings } = await configuration.load();
  const passphrase = await passphrases.read('workspace');
  try {
    return await cardProcess.makeOpenpgpKey(
      {
        ...{ organisation: settings.workspace.organisation, kind },
        ...{ createdAt: clock.now().toISOString(), workspaceId: facts.id },
        workspaceKeyPath: folder.workspaceKeyPath,
        openpgpKeys: [{ path: folder.openpgpKeyPath(number), fingerprint }],
      },
      passphrase,
      signal,
    );
  } finally {
    passphrase.fill(0);
  }
}

/**
 * Ends the overlap: the key that was replaced opens nothing any more, files that it signed are not delivered, and its
 * private half is removed. Where a command before ended between the two, that is finished and answered for.
 *
 * Throws `reason-required`, `key-not-retiring` and what `actingOfficer` throws.
 */
export async function retireOpenpgpKey(
  ports: Omit<OpenpgpKeyPorts, 'cardProcess' | 'passphrases' | 'folder'> & {
    readonly handoffs: Pick<HandoffRegister, 'list' | 'batchesOf'>;
  },
  request: KeyLifeRequest,
): Promise<RetiredOpenpgpKey> {
  const { ownKeys, openpgpKeyFiles, facts, origin } = ports;
  const { officer, reason } = await keyLifeActor(ports, request, 'key-retire');
  const known = await ownKeys.list('openpgp');
  const left = await removeLeftKeys(known, (number) => openpgpKeyFiles.remove(number));
  const old = known.find(({ state }) => state === 'retiring');
  if (old === undefined) {
    if (left === undefined) throw new KeyLifeFault('key-not-retiring', { purpose: 'openpgp' });
    return retiredOpenpgpKey(ports.handoffs, left);
  }
  await ownKeys.retire('openpgp', old.number, {
    draft: {
      ...{ actor: officer, act: 'key-retire', result: 'done', origin },
      object: `workspace:${facts.id}`,
      data: { purpose: 'openpgp', fingerprint: old.fingerprint },
    },
    texts: { reason },
  });
  await openpgpKeyFiles.remove(old.number);
  return retiredOpenpgpKey(ports.handoffs, old);
}

async function retiredOpenpgpKey(
  handoffs: Pick<HandoffRegister, 'list' | 'batchesOf'>,
  { fingerprint }: Pick<OwnKey, 'fingerprint'>,
): Promise<RetiredOpenpgpKey> {
  return { fingerprint, unsent: await unsentOfSigner(handoffs, fingerprint) };
}
