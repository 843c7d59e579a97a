import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { renderName } from '../../domain/recipients/file-naming.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import { combinationDigest } from '../../domain/recipients/recipient-test.ts';
import type { Tested } from '../../domain/recipients/recipient-test.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { RoutedRecipient } from '../handoff/card-process.ts';
import type { Certificates } from '../keys/certificates.ts';
import type { Clock } from '../workspace/clock.ts';
import { plannedEndpoint } from '../handoff/compose-plan.ts';
import type { Configuration, LoadedConfiguration } from '../configuration/configuration.ts';
import { controlOrderOf } from '../delivery/control-order.ts';
import { deliverBatch } from '../delivery/deliver-batch.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import type { DeliveryReport } from '../delivery/delivery-lease.ts';
import type { DeliveryParts } from '../delivery/delivery-run.ts';
import { asDeliveryFault } from '../delivery/delivery-lease.ts';
import { routedRecipient } from '../handoff/job-recipients.ts';
import { localMoment } from '../incident/local-moment.ts';
import { openpgpKeyFiles } from '../keys/own-keys.ts';
import type { OurKeyFile, OwnKeys } from '../keys/own-keys.ts';
import { PassingJournal } from '../delivery/passing-journal.ts';
import { offerBatch } from '../pickup/offer-batch.ts';
import type { TestShelf } from '../pickup/pickup-server.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import type { Profiles } from '../configuration/profiles.ts';
import type { NewRecipientTest, RecipientTests } from './recipient-tests.ts';
import { sftpEndpointOf } from '../delivery/sftp-endpoint-of.ts';
import type { TestFile, TestSealer } from './test-sealer.ts';
import { testedOf } from './tested-combination.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';
import { writeBatch } from '../delivery/write-batch.ts';
import type { CallSheet, HandoverFolder } from '../delivery/write-batch.ts';

export interface TestPorts {
  readonly origin: string;
  readonly facts: WorkspaceFacts;
  readonly folder: WorkspaceFolder & TestShelf;
  readonly configuration: Configuration;
  readonly certificates: Certificates;
  readonly profiles: Profiles;
  readonly clock: Clock;
  readonly passphrases: PassphraseSource;
  readonly handover: HandoverFolder;
  readonly recipientTests: RecipientTests;
  readonly ownKeys: Pick<OwnKeys, 'list'>;
  readonly cardProcess: TestSealer;
  deliveryParts(officer: string): DeliveryParts;
  openSecrets(passphrase?: Uint8Array): Promise<DeliverySecrets>;
}

/** A test file that is where the recipient takes it, or may be, or never got there. */
export interface SentTest {
  readonly test: NewRecipientTest;
  readonly recipient: Recipient;
  /** With what kept it from arriving. */
  readonly report: DeliveryReport;
  readonly hasArrived: boolean;
}

/**
 * Sends a recipient a test file: published test numbers, or invented references, in their real profile, marked TEST,
 * sealed with the real key to the real certificate and delivered the way every batch goes. What it holds is known to
 * nobody here; the recipient reads it back over the phone (`confirmRecipientTest`).
 *
 * Trouble on the way is recorded and stands in the report. Throws `config-id-unknown`, what `actingOfficer`,
 * `routedRecipient` and sealing throw.
 */
export async function sendRecipientTest(
  ports: TestPorts,
  request: {
    readonly recipient: string;
    readonly officer: string | undefined;
    readonly callSheets: (test: NewRecipientTest, recipient: Recipient) => readonly CallSheet[];
    readonly signal?: AbortSignal;
  },
): Promise<SentTest> {
  const loaded = await ports.configuration.load();
  const officer = actingOfficer(loaded.officers, request.officer, 'officer', ports.clock.now());
  const recipient = enabledRecipient(loaded, request.recipient);
  const routed = await routedRecipient(ports, recipient);
  const passphrase = await ports.passphrases.read('workspace');
  try {
    const job = testJob(ports, loaded, routed, await openpgpKeyFiles(ports));
    const made = await ports.cardProcess.sealTest(job, passphrase, request.signal);
    const zone = loaded.settings.workspace.time_zone;
    const tested = testedOf(ports, job.openpgpKeys[0]!.fingerprint, recipient, routed.profile);
    const test = testOf(made, recipient, tested, routed, ports.clock.now(), zone);
    await ports.recipientTests.begin(test, { draft: draftOf(ports, officer.id, test, 'done') });
    const secrets = await ports.openSecrets(passphrase);
    try {
      const { note } = await secrets.signCheckpoint();
      const opened = { secrets, note };
      const report = await deliver(ports, opened, officer.id, recipient, test, made, request);
      await settle(ports, officer.id, test, report);
      await secrets.signCheckpoint();
      return { test, recipient, report, hasArrived: hasArrived(report) };
    } finally {
      secrets.close();
    }
  } finally {
    passphrase.fill(0);
  }
}

/** A recipient that files may go to. Throws `config-id-unknown`, `usage` for a disabled one. */
export function enabledRecipient(loaded: LoadedConfiguration, id: string): Recipient {
  const recipient = loaded.recipients.find((candidate) => candidate.id === id);
  if (recipient === undefined) {
    throw new WorkspaceFault('config-id-unknown', { file: 'config/recipients.toml', id });
  }
  if (recipient.state !== 'enabled') {
    throw new WorkspaceFault('usage', {
      option: `recipient ${id}`,
      expected: 'a recipient that is not disabled',
    });
  }
  return recipient;
}

function testJob(
  { clock, folder, facts }: TestPorts,
  { settings }: LoadedConfiguration,
  recipient: RoutedRecipient,
  openpgpKeys: readonly OurKeyFile[],
): Parameters<TestSealer['sealTest']>[0] {
  const { organisation, contact, time_zone: timeZone } = settings.workspace;
  const { workspaceKeyPath } = folder;
  return {
    ...{ recipient, createdAt: clock.now().toISOString(), sender: organisation },
    ...{ contact: contact ?? '', timeZone, workspaceKeyPath, openpgpKeys },
    workspaceId: facts.id,
  };
}

function testOf(
  { test, file, sealed, sha256, wrappedAnswer }: TestFile,
  recipient: Recipient,
  tested: Tested,
  { profile }: RoutedRecipient,
  madeAt: Date,
  timeZone: string,
): NewRecipientTest {
  const { naming } = plannedEndpoint(recipient);
  // With number 0, so that a test uses up none of those that count.
  const name =
    naming === undefined
      ? file
      : renderName(naming, { mode: 'drill', batch: test, ...localMoment(madeAt, timeZone) });
  return {
    ...{ id: test, recipient: recipient.id, fingerprint: recipient.fingerprint },
    combination: combinationDigest(tested),
    ...(profile.subject === undefined ? {} : { subject: profile.subject }),
    ...{ profile: profile.id, file: name, bytes: sealed.length, sha256, wrappedAnswer, madeAt },
  };
}

/** A file that was taken at once cannot be seen any more; whether it arrived, the answer tells. */
function hasArrived({ state }: DeliveryReport): boolean {
  return ['stored', 'written', 'offered', 'presumed'].includes(state);
}

async function deliver(
  ports: TestPorts,
  { secrets, note }: { readonly secrets: DeliverySecrets; readonly note: string },
  officer: string,
  recipient: Recipient,
  test: NewRecipientTest,
  { sealed }: TestFile,
  request: Parameters<typeof sendRecipientTest>[1],
): Promise<DeliveryReport> {
  const { id, file: name, bytes: sizeBytes, sha256 } = test;
  const journal = new PassingJournal({ id, name, sizeBytes, sha256 });
  const endpoint = plannedEndpoint(recipient);
  const openPayload = (): AsyncIterable<Uint8Array> => oneChunk(sealed);
  try {
    if (endpoint.kind === 'manual') {
      const callSheets = request.callSheets(test, recipient);
      const order = { batch: id, directory: endpoint.directory, callSheets, openPayload };
      return await writeBatch({ folder: ports.handover, journal, clock: ports.clock }, order);
    }
    if (endpoint.kind === 'pickup') {
      await ports.folder.putTest(id, sealed);
      return await offerBatch({ journal, clock: ports.clock }, { batch: id, openPayload });
    }
    return await deliverBatch(
      { ...ports.deliveryParts(officer), journal },
      {
        batch: id,
        endpoint: sftpEndpointOf(endpoint),
        credentials: await secrets.credentials(recipient),
        openPayload,
        ...(await controlOrderOf(endpoint, { name, sizeBytes, sha256, mode: 'drill' }, () =>
          Promise.resolve(note),
        )),
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      },
    );
  } catch (error) {
    return { batch: id, state: 'failed', attempts: 0, fault: asDeliveryFault(error) };
  }
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

async function settle(
  ports: TestPorts,
  officer: string,
  test: NewRecipientTest,
  report: DeliveryReport,
): Promise<void> {
  const { fault, evidence, state } = report;
  const seen = {
    outcome: state,
    hostKey: evidence?.hostKey,
    verification: evidence?.verification,
  };
  if (hasArrived(report)) {
    const draft = draftOf(ports, officer, test, 'done', seen);
    await ports.recipientTests.sent(test.id, { draft });
  } else {
    const draft = draftOf(ports, officer, test, 'failed', { ...seen, code: fault?.code });
    await ports.recipientTests.note({ draft });
  }
}

function draftOf(
  { origin }: TestPorts,
  actor: string,
  test: NewRecipientTest,
  result: 'done' | 'failed',
  seen?: object,
): LeafDraft {
  const { id, recipient, combination, fingerprint, profile, file, bytes, sha256 } = test;
  const made = { fingerprint, profile, name: file, bytes, sha256 };
  return {
    ...{ actor, result, origin, object: `recipient:${recipient}` },
    act: seen === undefined ? 'recipient-test' : 'recipient-test-sent',
    data: { test: id, recipient, combination, ...(seen ?? made) },
  } as LeafDraft;
}
