import { isFault } from '../../domain/fault.ts';
import { strengthOf } from '../../domain/keys/held-key.ts';
import type { HeldKey, KeyUse } from '../../domain/keys/held-key.ts';
import { periodEnd } from '../../domain/keys/key-end.ts';
import type { Settings } from '../../domain/workspace/settings.ts';
import type { Certificates } from './certificates.ts';
import type { Clock } from '../workspace/clock.ts';
import type { CredentialFiles } from './create-credential.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { IncidentRegister } from '../incident/incident-register.ts';
import type { LogBook } from '../audit/log-book.ts';
import { ourOpenpgpKeys } from './own-keys.ts';
import type { OwnKey, OwnKeys } from './own-keys.ts';
import type { PublicKeys } from './public-keys.ts';
import type { HostKey, HostKeys } from '../pickup/pickup-book.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

export interface KeyListPorts {
  readonly facts: WorkspaceFacts;
  readonly configuration: Configuration;
  readonly certificates: Certificates;
  readonly publicKeys: PublicKeys;
  readonly ownKeys: Pick<OwnKeys, 'list'>;
  readonly hostKeys: Pick<HostKeys, 'list'>;
  readonly credentialFiles: Pick<CredentialFiles, 'find'>;
  readonly incidents: Pick<IncidentRegister, 'list'>;
  readonly log: Pick<LogBook, 'leaves'>;
  readonly clock: Clock;
}

type OwnPurpose = 'openpgp' | 'sftp' | 'pickup' | 'log' | 'workspace' | 'credential' | 'keyed-hash';

/**
 * Every key this workspace has or pins, ours first. A certificate that is not good is listed with its problem. Needs no
 * secret and changes nothing; throws what the configuration and the public key files do.
 */
export async function listKeys(ports: KeyListPorts): Promise<readonly HeldKey[]> {
  return [...(await ownKeys(ports)), ...(await partnerKeys(ports))];
}

/** Those that are ours, with the keys of incidents. Throws as `listKeys`. */
export async function ownKeys(ports: KeyListPorts): Promise<readonly HeldKey[]> {
  const { facts } = ports;
  const { settings } = await ports.configuration.load();
  const madeAt = await workspaceMadeAt(ports.log);
  const { id } = facts;
  const made = madeAt === undefined ? {} : { createdAt: madeAt };
  return [
    ...(await openpgpKeys(ports, settings)),
    ...(await sftpKeys(ports, settings, madeAt)),
    ...(await pickupKeys(ports, settings)),
    ...(await logKeysOf(ports, settings, madeAt)),
    ownKey('workspace', settings, { id, algorithm: 'AES-256-GCM', uses: ['wrap'], ...made }),
    ...(await credentials(ports, settings)),
    ...(await hashKeys(ports)),
  ];
}

/** What opens the workspace in place of the passphrase: one or none. A damaged one opens nothing, and is told here. */
async function credentials(
  { facts, credentialFiles }: KeyListPorts,
  settings: Settings,
): Promise<HeldKey[]> {
  const held = { id: facts.id, algorithm: 'AES-256-GCM', uses: ['open'] as const };
  try {
    const found = await credentialFiles.find();
    if (found === undefined) return [];
    return [ownKey('credential', settings, { ...held, createdAt: found.createdAt })];
  } catch (error) {
    return [{ ...ownKey('credential', settings, held), problem: problemOf(error) }];
  }
}

const openpgpUses: Readonly<Record<OwnKey['state'], readonly KeyUse[]>> = {
  'in-use': ['sign', 'decrypt'],
  retiring: ['decrypt'],
  retired: [],
};

/** The one in use first, then those that it followed: a retiring one only opens, a retired one does nothing. */
async function openpgpKeys(ports: KeyListPorts, settings: Settings): Promise<HeldKey[]> {
  const { facts, certificates, publicKeys, clock } = ports;
  const keys = await ourOpenpgpKeys(ports);
  return Promise.all(
    keys.map(async ({ number, fingerprint, state }): Promise<HeldKey> => {
      const uses = openpgpUses[state];
      const bytes = new TextEncoder().encode(await publicKeys.openpgp(number));
      const found = await inspected(certificates, bytes, fingerprint, 'encrypt', clock.now());
      const key = ownKey('openpgp', settings, { id: facts.id, fingerprint, uses, ...found });
      return state === 'retired' ? { ...withoutPeriod(key), state } : { ...key, state };
    }),
  );
}

/** The one in use first, then those that it followed. */
async function sftpKeys(
  { facts, publicKeys, ownKeys }: KeyListPorts,
  settings: Settings,
  initAt: Date | undefined,
): Promise<HeldKey[]> {
  const known = await ownKeys.list('sftp');
  const first = { number: 1, state: 'in-use', madeAt: undefined } as const;
  const keys = known.length === 0 ? [first] : known.toReversed();
  return Promise.all(
    keys.map(async ({ number, state, madeAt = initAt }): Promise<HeldKey> => {
      const { algorithm, fingerprint } = await publicKeys.sftp(number);
      const made = madeAt === undefined ? {} : { createdAt: madeAt };
      const uses: KeyUse[] = state === 'retired' ? [] : ['log-in'];
      const held = { id: facts.id, fingerprint, algorithm, uses, ...made };
      const key = ownKey('sftp', settings, held);
      // Nobody has to be warned of the end of what is not used.
      return state === 'retired' ? { ...withoutPeriod(key), state } : { ...key, state };
    }),
  );
}

const pickupStates = {
  shown: 'in-use',
  next: 'next',
  retired: 'retired',
} as const satisfies Record<HostKey['state'], HeldKey['state']>;

/** The newest first; none before the first start of `serve`. */
async function pickupKeys(
  { facts, hostKeys }: KeyListPorts,
  settings: Settings,
): Promise<HeldKey[]> {
  return (await hostKeys.list()).toReversed().map(({ fingerprint, state, madeAt }): HeldKey => {
    const uses: KeyUse[] = state === 'shown' ? ['show'] : [];
    const held = { id: facts.id, fingerprint, algorithm: 'Ed25519', uses, createdAt: madeAt };
    const key = ownKey('pickup', settings, held);
    const told = { ...key, state: pickupStates[state] };
    return state === 'retired' ? withoutPeriod(told) : told;
  });
}

/** The one that signs now first. */
async function logKeysOf(
  { facts, ownKeys }: KeyListPorts,
  settings: Settings,
  initAt: Date | undefined,
): Promise<HeldKey[]> {
  const known = await ownKeys.list('log');
  const first = { fingerprint: facts.vkey, state: 'in-use', madeAt: undefined } as const;
  const keys = known.length === 0 ? [first] : known.toReversed();
  return keys.map(({ fingerprint, state, madeAt = initAt }): HeldKey => {
    const made = madeAt === undefined ? {} : { createdAt: madeAt };
    const uses: KeyUse[] = state === 'retired' ? [] : ['sign-checkpoints'];
    const held = { id: facts.id, fingerprint, algorithm: 'Ed25519', uses, ...made };
    const key = ownKey('log', settings, held);
    return state === 'retired' ? { ...withoutPeriod(key), state } : { ...key, state };
  });
}

function withoutPeriod({ periodEndsAt: _, ...key }: HeldKey): HeldKey {
  return key;
}

/** The keyed-hash key of an incident is made by its first prepare, from bytes that nobody sees. */
async function hashKeys({ incidents, configuration }: KeyListPorts): Promise<HeldKey[]> {
  const { settings } = await configuration.load();
  const rows = (await incidents.list()).filter(
    ({ wrappedKey, purge }) => wrappedKey !== undefined || purge !== undefined,
  );
  return rows.map(({ incident, openedAt, wrappedKey }) => ({
    ...ownKey('keyed-hash', settings, {
      ...{ id: incident.id, algorithm: 'AES-256-CMAC', createdAt: openedAt },
      uses: wrappedKey === undefined ? [] : ['hash'],
    }),
    state: wrappedKey === undefined ? 'destroyed' : 'in-use',
  }));
}

/** A credential wraps the workspace key, and whoever answers for that answers for both. */
function tableOf(purpose: OwnPurpose): keyof NonNullable<Settings['keys']> {
  if (purpose === 'credential') return 'workspace';
  return purpose === 'keyed-hash' ? 'keyed_hash' : purpose;
}

function ownKey(
  purpose: OwnPurpose,
  { keys }: Settings,
  key: Omit<HeldKey, 'purpose' | 'state'>,
): HeldKey {
  const said = keys?.[tableOf(purpose)];
  const ends = periodEnd(key.createdAt, said?.cryptoperiod_days);
  return {
    ...{ purpose, ...key, state: 'in-use' as const },
    ...strength(key.algorithm),
    ...(said?.custodian === undefined ? {} : { custodian: said.custodian }),
    ...(ends === undefined ? {} : { periodEndsAt: ends }),
  };
}

async function partnerKeys({
  configuration,
  certificates,
  clock,
}: KeyListPorts): Promise<HeldKey[]> {
  const { recipients, officers, senders } = await configuration.load();
  const now = clock.now();
  const all = [
    ...recipients.map((entry) => ({ purpose: 'recipient' as const, allow: entry.allow, entry })),
    ...officers.map((entry) => ({ purpose: 'officer' as const, allow: [], entry })),
    ...senders.map((entry) => ({ purpose: 'sender' as const, allow: entry.allow, entry })),
  ];
  return Promise.all(
    all.map(async ({ purpose, allow, entry }): Promise<HeldKey> => {
      const { id, fingerprint } = entry;
      const use = purpose === 'recipient' ? 'encrypt' : 'sign';
      const allowed = allow.map(({ weakness }) => weakness);
      const found = await certificateOf(
        () => configuration.readCertificate(entry.certificate),
        (bytes) => inspected(certificates, bytes, fingerprint, use, now, allowed),
      );
      return {
        ...{ purpose, id, fingerprint, ...found, ...strength(found.algorithm) },
        uses: [purpose === 'recipient' ? 'encrypt' : 'verify'],
        state: entry.state === 'enabled' ? 'in-use' : 'retired',
      };
    }),
  );
}

type Found = Pick<HeldKey, 'algorithm' | 'createdAt' | 'expiresAt' | 'problem'>;

/** A file that is gone is a finding here like a certificate that is over. */
async function certificateOf(
  read: () => Promise<Uint8Array>,
  inspect: (bytes: Uint8Array) => Promise<Found>,
): Promise<Found> {
  try {
    return await inspect(await read());
  } catch (error) {
    return { algorithm: '', problem: problemOf(error) };
  }
}

async function inspected(
  certificates: Certificates,
  bytes: Uint8Array,
  fingerprint: string,
  purpose: 'encrypt' | 'sign',
  at: Date,
  allow: Parameters<Certificates['inspect']>[1]['allow'] = [],
): Promise<Found> {
  try {
    const request = { fingerprint, purpose, allow, at };
    const { algorithm, createdAt, expiresAt } = await certificates.inspect(bytes, request);
    return { algorithm, createdAt, ...(expiresAt === undefined ? {} : { expiresAt }) };
  } catch (error) {
    return { algorithm: '', problem: problemOf(error) };
  }
}

function problemOf(error: unknown): string {
  return isFault(error) ? error.code : 'internal';
}

function strength(algorithm: string): Pick<HeldKey, 'strengthBits'> {
  const bits = strengthOf(algorithm);
  return bits === undefined ? {} : { strengthBits: bits };
}

/** The first leaf was written with the keys. Undefined where it cannot be read: the log has a check of its own. */
async function workspaceMadeAt(log: Pick<LogBook, 'leaves'>): Promise<Date | undefined> {
  for await (const { bytes } of log.leaves(0, 1)) {
    try {
      const { at } = JSON.parse(new TextDecoder().decode(bytes)) as { at?: unknown };
      return typeof at === 'string' ? new Date(at) : undefined;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
