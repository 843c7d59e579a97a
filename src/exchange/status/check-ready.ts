import { isFault } from '../../domain/fault.ts';
import { checkPlace } from './check-places.ts';
import { checkWorkspace } from './check-workspace.ts';
import type { Check } from './check-workspace.ts';
import type { InputFiles } from '../sources/input-files.ts';
import { issuerTableInForce } from '../configuration/issuer-table.ts';
import type { Places } from '../delivery/places.ts';
import type { Profiles } from '../configuration/profiles.ts';
import type { PublicKeys } from '../keys/public-keys.ts';
import { recipientStanding } from '../recipients/recipient-standing.ts';
import type { RecipientTests } from '../recipients/recipient-tests.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

type Ports = Parameters<typeof checkWorkspace>[0] & {
  readonly places: Places;
  readonly profiles: Profiles;
  readonly publicKeys: PublicKeys;
  readonly recipientTests: RecipientTests;
  readonly folder: WorkspaceFolder;
  readonly inputs: Pick<InputFiles, 'readSecret'>;
  /** Whether a credential was given and opens the workspace. Throws `credential-*` and `key-file-*`. */
  triesCredential(): Promise<boolean>;
};

const freeBytesMin = 2_000_000_000;
const tableDaysMax = 180;
const dayMs = 86_400_000;

/** What keeps a handoff from being made tonight, besides what always fails: warnings of the doctor that are no longer mild. */
const neededTonight = new Set(['officers', 'recipients', 'configuration-approved']);

/**
 * Whether this workspace could hand off tonight: everything the doctor looks at, and what only matters then. A check
 * that failed keeps from it. Needs no secret: of a passphrase file the permissions alone are judged, and only a credential is tried.
 */
export async function checkReady(
  ports: Ports,
  places: { readonly passphraseFile: string | undefined; readonly sources: string },
): Promise<readonly Check[]> {
  const usual = await checkWorkspace(ports);
  return [
    ...usual.map((check) =>
      check.verdict === 'warning' &&
      neededTonight.has(check.check) &&
      check.facts['problem'] !== 'emergency'
        ? { ...check, verdict: 'failed' as const }
        : check,
    ),
    ...(await recipientChecks(ports)),
    await issuerTableCheck(ports),
    await clockCheck(ports),
    places.passphraseFile === undefined
      ? await credentialCheck(ports)
      : await passphraseCheck(ports, places.passphraseFile),
    await spaceCheck(ports),
    ...(await checkPlace(ports, 'workspace-place', ports.folder.root)),
    ...(await checkPlace(ports, 'source-place', places.sources)),
  ];
}

async function recipientChecks(ports: Ports): Promise<Check[]> {
  const { recipients } = await ports.configuration.load();
  const enabled = recipients.filter(({ state }) => state === 'enabled');
  return Promise.all(
    enabled.map(async (recipient): Promise<Check> => {
      const facts = { id: recipient.id };
      // A drill is a test itself.
      if (ports.facts.mode === 'drill') {
        return { check: 'recipient-tested', verdict: 'ok', facts: { ...facts, drill: 'drill' } };
      }
      try {
        const { isTested } = await recipientStanding(ports, recipient);
        return { check: 'recipient-tested', verdict: isTested ? 'ok' : 'failed', facts };
      } catch (error) {
        const problem = isFault(error) ? error.code : 'internal';
        return { check: 'recipient-profile', verdict: 'failed', facts: { ...facts, problem } };
      }
    }),
  );
}

/** Without a table cards still go to their recipient, but nobody can say which issuer they are of. */
async function issuerTableCheck(ports: Ports): Promise<Check> {
  const { log, clock } = ports;
  try {
    if ((await issuerTableInForce(ports)) === undefined) {
      return { check: 'issuer-table', verdict: 'warning', facts: { problem: 'missing' } };
    }
  } catch (error) {
    if (!isFault(error)) throw error;
    return { check: 'issuer-table', verdict: 'failed', facts: { problem: 'altered' } };
  }
  const importedAt = await lastLeafAt(log, 'bins-import');
  const age = clock.now().getTime() - (importedAt?.getTime() ?? 0);
  const days = Math.floor(age / dayMs);
  return {
    check: 'issuer-table',
    verdict: days > tableDaysMax ? 'warning' : 'ok',
    facts: { days },
  };
}

/** No clock of this machine can be right that is behind what it has written itself. */
async function clockCheck({ log, clock }: Ports): Promise<Check> {
  const newest = await lastLeafAt(log);
  const isBehind = newest !== undefined && newest.getTime() > clock.now().getTime();
  return {
    check: 'clock',
    verdict: isBehind ? 'failed' : 'ok',
    facts: { now: clock.now().toISOString() },
  };
}

/** A credential is tried, because nobody will be there to be asked. */
async function credentialCheck(ports: Ports): Promise<Check> {
  try {
    const from = (await ports.triesCredential()) ? 'credential' : 'asked';
    return { check: 'passphrase', verdict: 'ok', facts: { from } };
  } catch (error) {
    const problem = isFault(error) ? error.code : 'internal';
    return { check: 'passphrase', verdict: 'failed', facts: { problem, from: 'credential' } };
  }
}

async function passphraseCheck({ inputs }: Ports, file: string): Promise<Check> {
  try {
    (await inputs.readSecret(file)).fill(0);
    return { check: 'passphrase', verdict: 'ok', facts: { from: 'file' } };
  } catch (error) {
    const problem = isFault(error) ? error.code : 'internal';
    return { check: 'passphrase', verdict: 'failed', facts: { problem, file } };
  }
}

async function spaceCheck({ places, folder }: Ports): Promise<Check> {
  const bytes = (await places.examine(folder.outbox))?.freeBytes ?? 0;
  return {
    check: 'free-space',
    verdict: bytes < freeBytesMin ? 'failed' : 'ok',
    facts: { bytes, needed: freeBytesMin },
  };
}

/** When the newest leaf was written, or the newest of an act; undefined when there is none or it is not readable. */
async function lastLeafAt(log: Ports['log'], act?: string): Promise<Date | undefined> {
  let found: Date | undefined;
  const decoder = new TextDecoder();
  for await (const { bytes } of log.leaves(0, await log.size())) {
    try {
      const leaf = JSON.parse(decoder.decode(bytes)) as { at?: unknown; act?: unknown };
      if (act !== undefined && leaf.act !== act) continue;
      if (typeof leaf.at === 'string') found = new Date(leaf.at);
    } catch {
      // What is wrong with the log is told by its own check.
    }
  }
  return found;
}
