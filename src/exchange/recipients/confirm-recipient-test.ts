import { timingSafeEqual } from 'node:crypto';

import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { RecipientsFault } from '../../domain/recipients/errors.ts';
import { encodeReadBack, readBackIn } from '../../domain/recipients/read-back.ts';
import type { ReadBack } from '../../domain/recipients/read-back.ts';
import { ANSWER_TRIES_MAX } from '../../domain/recipients/recipient-test.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Profiles } from '../configuration/profiles.ts';
import type { RecipientTestRow, RecipientTests, SpokenAnswer } from './recipient-tests.ts';
import type { OwnKeys } from '../keys/own-keys.ts';
import { enabledRecipient } from './send-recipient-test.ts';
import { combinationNow } from './tested-combination.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/** Clocks of two people on the phone. */
const AHEAD_MS = 5 * 60_000;

export interface ConfirmPorts {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly profiles: Profiles;
  readonly clock: Clock;
  readonly recipientTests: RecipientTests;
  readonly facts: WorkspaceFacts;
  readonly ownKeys: Pick<OwnKeys, 'list'>;
  openSecrets(): Promise<TestAnswers>;
}

/** What test files hold, opened with the workspace passphrase. */
export interface TestAnswers {
  /** As `encodeTestAnswer` has it; the caller zeroes it. */
  testAnswer(test: string, wrapped: Uint8Array): Uint8Array;
  close(): void;
}

export interface ConfirmRequest {
  readonly recipient: string;
  readonly officer: string | undefined;
  readonly readBack: ReadBack;
  readonly by: string;
  readonly phone: string;
  /** When it was said; undefined: now. */
  readonly spokenAt: Date | undefined;
}

/**
 * Compares what the recipient read back with what their test file holds, and records who said it, on which number and
 * when, with the combination of certificate, profile, endpoint and signing key that was tested. From then on live files
 * may go there.
 *
 * A wrong answer is recorded too and unlocks nothing; it does not tell which part was wrong. Throws
 * `recipient-test-differs`, `recipient-test-missing`, `config-id-unknown`, `usage`, what `actingOfficer` throws, and
 * what the passphrase throws.
 */
export async function confirmRecipientTest(
  ports: ConfirmPorts,
  request: ConfirmRequest,
): Promise<RecipientTestRow> {
  const loaded = await ports.configuration.load();
  const now = ports.clock.now();
  const officer = actingOfficer(loaded.officers, request.officer, 'officer', now);
  const recipient = enabledRecipient(loaded, request.recipient);
  const test = await waitingTest(ports, recipient.id);
  const profile = await ports.profiles.get(recipient.profile);
  if ((await combinationNow(ports, recipient, profile)) !== test.combination) {
    throw missing(recipient.id, 'changed');
  }
  const answer = spoken(request, test, now);
  const isRight = await isReadBack(ports, test, request.readBack);
  const misreadings = test.misreadings + (isRight ? 0 : 1);
  const act = {
    draft: draftOf(ports, officer.id, test, answer, misreadings, isRight),
    texts: { confirmedBy: answer.by, phone: answer.phone },
  };
  if (isRight) {
    await ports.recipientTests.readBack(test.id, misreadings, answer, act);
    return { ...test, state: 'read-back', answer };
  }
  const isLast = misreadings >= ANSWER_TRIES_MAX;
  await ports.recipientTests.misread(test.id, misreadings, isLast, act);
  throw new RecipientsFault('recipient-test-differs', {
    recipient: recipient.id,
    tries: ANSWER_TRIES_MAX - misreadings,
  });
}

/** The test of a recipient that waits for an answer. Throws `recipient-test-missing`. */
export async function waitingTest(
  ports: Pick<ConfirmPorts, 'recipientTests'>,
  recipient: string,
): Promise<RecipientTestRow> {
  const test = await ports.recipientTests.latest(recipient);
  if (test === undefined) throw missing(recipient, 'none');
  if (test.state !== 'awaiting-answer') throw missing(recipient, test.state);
  return test;
}

function missing(recipient: string, why: string): RecipientsFault {
  return new RecipientsFault('recipient-test-missing', { recipient, why });
}

/** Before the file was made nobody can have read it, and after now nobody has called. */
function spoken(
  { by, phone, spokenAt }: ConfirmRequest,
  { madeAt }: RecipientTestRow,
  now: Date,
): SpokenAnswer {
  const at = spokenAt ?? now;
  if (at.getTime() < madeAt.getTime() - AHEAD_MS || at.getTime() > now.getTime() + AHEAD_MS) {
    throw new WorkspaceFault('usage', {
      option: '--at',
      expected: 'a time between the sending of the test file and now',
    });
  }
  return { by, phone, spokenAt: at };
}

async function isReadBack(
  ports: ConfirmPorts,
  test: RecipientTestRow,
  readBack: ReadBack,
): Promise<boolean> {
  const secrets = await ports.openSecrets();
  try {
    const answer = secrets.testAnswer(test.id, test.wrappedAnswer);
    const expected = readBackIn(answer);
    const given = encodeReadBack(readBack);
    const isSame = expected.length === given.length && timingSafeEqual(expected, given);
    answer.fill(0);
    return isSame;
  } finally {
    secrets.close();
  }
}

function draftOf(
  { origin }: ConfirmPorts,
  actor: string,
  test: RecipientTestRow,
  { spokenAt }: SpokenAnswer,
  misreadings: number,
  isRight: boolean,
): LeafDraft {
  const { id, recipient, combination, fingerprint, profile } = test;
  return {
    ...{ actor, act: 'recipient-test-answer', result: isRight ? 'done' : 'failed', origin },
    object: `recipient:${recipient}`,
    data: {
      ...{ test: id, recipient, combination, fingerprint, profile, misreadings },
      spokenAt: spokenAt.toISOString(),
      ...(isRight ? {} : { code: 'recipient-test-differs' }),
    },
  };
}
