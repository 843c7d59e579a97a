import { fileRefusals } from '../responses/answer-refusals.ts';
import { earliestSignature } from '../responses/answer-time.ts';
import { isFault } from '../../domain/fault.ts';
import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { RecipientsFault } from '../../domain/recipients/errors.ts';
import { FILE_ANSWER_DAYS_MAX } from '../../domain/recipients/recipient-test.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { RoutedRecipient } from '../handoff/card-process.ts';
import type { Certificates } from '../keys/certificates.ts';
import { waitingTest } from './confirm-recipient-test.ts';
import type { ConfirmPorts } from './confirm-recipient-test.ts';
import { openpgpKeyFiles } from '../keys/own-keys.ts';
import { routedRecipient } from '../handoff/job-recipients.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import type { RecipientTestRow, SignedAnswer } from './recipient-tests.ts';
import { enabledRecipient } from './send-recipient-test.ts';
import { combinationNow } from './tested-combination.ts';
import type { OpenedAnswer, TestAnswerOpener } from './test-answers.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

type Ports = Omit<ConfirmPorts, 'openSecrets'> & {
  readonly folder: WorkspaceFolder;
  readonly certificates: Certificates;
  readonly passphrases: PassphraseSource;
  readonly cardProcess: TestAnswerOpener;
};

const DAY_MS = 86_400_000;

/**
 * Takes a file that answers a test: what the recipient opened, sent back signed by their pinned certificate and encrypted
 * to us. It shows that whoever holds the pinned key fetched the file, opened it and meant to answer, which no person's
 * word shows; it counts once, for the newest test, and for the combination that was tested.
 *
 * A file that is refused is recorded and changes nothing: the test goes on waiting. Throws `recipient-answer-refused`,
 * `recipient-answer-differs`, `recipient-answer-expired`, `recipient-cannot-sign`, `recipient-test-missing`, what
 * `actingOfficer` and `routedRecipient` throw, `passphrase-wrong`, `card-process-died`, `source-missing`.
 */
export async function confirmByFile(
  ports: Ports,
  request: {
    readonly recipient: string;
    readonly officer: string | undefined;
    readonly path: string;
  },
  signal?: AbortSignal,
): Promise<RecipientTestRow> {
  const loaded = await ports.configuration.load();
  const now = ports.clock.now();
  const officer = actingOfficer(loaded.officers, request.officer, 'officer', now);
  const recipient = enabledRecipient(loaded, request.recipient);
  const test = await waitingTest(ports, recipient.id);
  const routed = await routedRecipient(ports, recipient);
  if ((await combinationNow(ports, recipient, routed.profile)) !== test.combination) {
    throw new RecipientsFault('recipient-test-missing', {
      recipient: recipient.id,
      why: 'changed',
    });
  }
  if (now.getTime() > test.madeAt.getTime() + FILE_ANSWER_DAYS_MAX * DAY_MS) {
    const facts = { recipient: recipient.id, days: FILE_ANSWER_DAYS_MAX };
    throw new RecipientsFault('recipient-answer-expired', facts);
  }
  await assertCanSign(ports, recipient, routed, now);
  const opened = await openedAnswer(ports, test, routed, request.path, officer.id, signal);
  if (!opened.isSame) {
    const fault = new RecipientsFault('recipient-answer-differs', { recipient: recipient.id });
    await ports.recipientTests.note({
      draft: draftOf(ports, officer.id, test, fault.code, opened),
    });
    throw fault;
  }
  const signed: SignedAnswer = { sha256: opened.sha256, takenAt: now };
  await ports.recipientTests.answered(test.id, test.misreadings, signed, {
    draft: draftOf(ports, officer.id, test, undefined, opened),
  });
  return { ...test, state: 'read-back', signed };
}

/** Said before a file is asked for in vain: some certificates are made for encryption alone. */
async function assertCanSign(
  { certificates }: Ports,
  { id }: Recipient,
  { certificate, fingerprint, allow }: RoutedRecipient,
  at: Date,
): Promise<void> {
  try {
    const bytes = new TextEncoder().encode(certificate);
    await certificates.inspect(bytes, { fingerprint, purpose: 'sign', allow, at });
  } catch (error) {
    if (!isFault(error) || error.code !== 'certificate-cannot-sign') throw error;
    throw new RecipientsFault('recipient-cannot-sign', { recipient: id }, error);
  }
}

/** What was wrong with a file is about that file, not about a source: the codes of both are told apart here. */
async function openedAnswer(
  ports: Ports,
  test: RecipientTestRow,
  { certificate, fingerprint, allow }: RoutedRecipient,
  path: string,
  officer: string,
  signal: AbortSignal | undefined,
): Promise<OpenedAnswer> {
  const { workspaceKeyPath } = ports.folder;
  const openpgpKeys = await openpgpKeyFiles(ports);
  const passphrase = await ports.passphrases.read('workspace');
  try {
    return await ports.cardProcess.openAnswer(
      {
        ...{
          path,
          recipient: test.recipient,
          test: test.id,
          signer: { certificate, fingerprint, allow },
        },
        signedFrom: earliestSignature(test.madeAt),
        wrappedAnswer: Buffer.from(test.wrappedAnswer).toString('base64'),
        ...{ workspaceKeyPath, openpgpKeys, workspaceId: ports.facts.id },
      },
      passphrase,
      signal,
    );
  } catch (error) {
    if (!isFault(error) || !fileRefusals.has(error.code)) throw error;
    const code = 'recipient-answer-refused';
    await ports.recipientTests.note({ draft: draftOf(ports, officer, test, code) });
    const facts = { recipient: test.recipient, problem: error.code };
    throw new RecipientsFault(code, facts, error);
  } finally {
    passphrase.fill(0);
  }
}

function draftOf(
  { origin }: Ports,
  actor: string,
  test: RecipientTestRow,
  code: string | undefined,
  opened?: OpenedAnswer,
): LeafDraft {
  const { id, recipient, combination, fingerprint, profile } = test;
  return {
    ...{ actor, act: 'recipient-test-file-answer', origin, object: `recipient:${recipient}` },
    result: code === undefined ? 'done' : 'refused',
    data: {
      ...{ test: id, recipient, combination, fingerprint, profile },
      ...{ evidence: opened?.sha256, bytes: opened?.bytes, code },
    },
  };
}
