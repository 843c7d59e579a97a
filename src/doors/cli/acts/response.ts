import { basename } from 'node:path';

import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { actingOfficer } from '../../../exchange/acts/acting-officer.ts';
import type { Recipient } from '../../../domain/recipients/recipient.ts';
import { fetchFromAll, withFolder } from '../../../exchange/arrivals/fetch-answers.ts';
import { closedAt } from '../../../exchange/arrivals/fetch-times.ts';
import { RememberedPassphrase } from '../../../exchange/keys/remembered-passphrase.ts';
import { collectResponses } from '../../../exchange/arrivals/collect-responses.ts';
import { settleArrival } from '../../../exchange/arrivals/settle-arrival.ts';
import { importCardAnswer } from '../../../exchange/responses/import-card-answer.ts';
import { settleCardAnswer } from '../../../exchange/responses/settle-card-answer.ts';
import { showCardAnswer } from '../../../exchange/responses/show-card-answer.ts';
import { importResponse } from '../../../exchange/responses/import-response.ts';
import type { ImportRequest } from '../../../exchange/responses/import-response.ts';
import { numberGaps } from '../../../exchange/responses/number-gaps.ts';
import { settleResponse } from '../../../exchange/responses/settle-response.ts';
import { showResponse } from '../../../exchange/responses/show-response.ts';
import { reasonOf, textOf } from '../invocation.ts';
import { faultDocument, faultStatus } from '../fault-screen.ts';
import { arrivalSettleDocument, collectDocument } from '../outputs/arrivals.ts';
import type { CollectedNow } from '../outputs/arrivals.ts';
import {
  cardAnswerDocument,
  cardImportDocument,
  cardSettleDocument,
} from '../outputs/card-answers.ts';
import {
  responseImportDocument,
  responseDocument,
  responseSettleDocument,
  responsesDocument,
} from '../outputs/responses.ts';
import { arrivalSettleScreen, collectScreen } from '../screens/arrivals-screen.ts';
import {
  cardAnswerImportScreen,
  cardAnswerScreen,
  cardAnswerSettleScreen,
} from '../screens/card-answers-screen.ts';
import { responseListScreen } from '../screens/response-list-screen.ts';
import {
  responseImportScreen,
  responseScreen,
  responseSettleScreen,
} from '../screens/responses-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { byCharactersMax, usage } from './told-options.ts';

/** As commander hands them over. */
export interface ImportOptions {
  readonly batch: string;
  readonly answeredBy?: string;
  readonly acceptUnsigned?: boolean;
  readonly acceptDiffering?: boolean;
  readonly acceptNonce?: boolean;
}

export interface SettleOptions {
  readonly refusedOnly?: boolean;
}

type Workspace = Parameters<Parameters<typeof withWorkspace>[1]>[0];

/** `response import`. */
export async function importAnswer(
  shell: Shell,
  path: string,
  options: ImportOptions,
): Promise<void> {
  const answeredBy =
    options.answeredBy === undefined ? undefined : textOf('--answered-by', options.answeredBy);
  if (options.answeredBy !== undefined && (answeredBy?.length ?? Infinity) > byCharactersMax) {
    throw usage('--answered-by', `who sent it, in at most ${byCharactersMax} characters`);
  }
  // A refusal while it is opened names the file.
  shell.nameSources([path === '-' ? 'standard input' : basename(path)]);
  await withWorkspace(shell, async (workspace) => {
    const request: ImportRequest = {
      ...{ batch: options.batch, path, officer: shell.options.as, answeredBy },
      acceptUnsigned: options.acceptUnsigned ?? false,
      acceptDiffering: options.acceptDiffering ?? false,
      acceptNonce: options.acceptNonce ?? false,
      ...{ reason: reasonOf(shell.options), signal: shell.signal },
    };
    if (await isOfCards(workspace, options.batch)) {
      const taken = await importCardAnswer(workspace, request);
      shell.print(cardAnswerImportScreen(taken, shell));
      shell.document(cardImportDocument(taken));
      return;
    }
    const imported = await importResponse(workspace, request);
    shell.print(responseImportScreen(imported, shell));
    shell.document(responseImportDocument(imported));
  });
}

async function isOfCards(
  { handoffs }: Pick<Workspace, 'handoffs'>,
  batch: string,
): Promise<boolean> {
  return (await handoffs.batch(batch)).subject === undefined;
}

/** `response list`. */
export async function listAnswers(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const listed = {
      ofReferences: await workspace.responses.list(),
      ofCards: await workspace.cardAnswers.list(),
      refused: await workspace.cardAnswers.refused(),
      gaps: await numberGaps(workspace),
      quarantined: await workspace.arrivals.inState('quarantined'),
      notTaken: await workspace.arrivals.refusals(),
    };
    shell.print(responseListScreen(listed, shell));
    shell.document(responsesDocument(listed));
  });
}

/** `response show`. */
export async function showAnswer(shell: Shell, batch: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    if (await isOfCards(workspace, batch)) {
      const found = await showCardAnswer(workspace, batch);
      shell.print(cardAnswerScreen(found, shell));
      shell.document(cardAnswerDocument(found));
      return;
    }
    const shown = await showResponse(workspace, batch);
    shell.print(responseScreen(shown, shell));
    shell.document(responseDocument(shown));
  });
}

/** `response collect`. */
export async function collectAnswers(
  shell: Shell,
  { recipient }: { readonly recipient?: string },
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { configuration, clock, passphrases } = workspace;
    const { officers, recipients } = await configuration.load();
    const officer = actingOfficer(officers, shell.options.as, 'officer', clock.now());
    if (recipient !== undefined && !recipients.some(({ id }) => id === recipient)) {
      throw new WorkspaceFault('config-id-unknown', { id: recipient });
    }
    const known = new RememberedPassphrase(passphrases);
    const asked = recipients.filter(({ id }) => recipient === undefined || id === recipient);
    const closed = closedAt(asked, clock.now());
    const { signal } = shell;
    try {
      const failed = await fetchFrom(workspace, asked, known, signal);
      const collected = await collectResponses(workspace, {
        ...{ recipient, actor: officer.id, passphrases: known, signal },
      });
      const { misconfigured } = collected;
      const causes = misconfigured === undefined ? failed : [...failed, misconfigured];
      sayCollected(shell, { ...collected, closed }, causes);
    } finally {
      await known.forget();
    }
  });
}

/** What came from the others is taken in by then, and is said with the first cause. Throws that. */
function sayCollected(shell: Shell, collected: CollectedNow, causes: readonly unknown[]): void {
  shell.print(collectScreen(collected, shell));
  const document = collectDocument(collected);
  if (causes.length === 0) {
    shell.document(document);
    return;
  }
  const [cause] = causes;
  if (!shell.isJson) throw cause;
  // Two documents would be none to a script that reads one.
  shell.document({ ...document, ...faultDocument(cause) });
  shell.setStatus(faultStatus(cause));
}

/** Fetches what recipients put into directories of their own. Returns why those that could not be read could not. */
async function fetchFrom(
  workspace: Workspace,
  recipients: readonly Recipient[],
  known: RememberedPassphrase,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  if (withFolder(recipients).length === 0) return [];
  const passphrase = await known.read('workspace');
  const secrets = await workspace.openSecrets(passphrase).finally(() => passphrase.fill(0));
  try {
    return (await fetchFromAll(workspace, recipients, secrets, signal)).failed;
  } finally {
    secrets.close();
  }
}

/** `response settle`: of a batch, or of a file that was put aside. */
export async function settleAnswer(
  shell: Shell,
  id: string,
  { refusedOnly = false }: SettleOptions,
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const by = { officer: shell.options.as, reason: reasonOf(shell.options) };
    // Of one file there is nothing but what was refused: the option is about a batch.
    const aside = refusedOnly ? undefined : await settleArrival(workspace, { id, ...by });
    if (aside !== undefined) {
      shell.print(arrivalSettleScreen(aside, shell));
      shell.document(arrivalSettleDocument(aside));
      return;
    }
    const request = { batch: id, ...by };
    if (await isOfCards(workspace, id)) {
      const done = await settleCardAnswer(workspace, { ...request, refusedOnly });
      shell.print(cardAnswerSettleScreen(done, shell));
      shell.document(cardSettleDocument(done));
      return;
    }
    // Of references nothing is waited for because an answer was refused.
    if (refusedOnly) {
      throw usage('--refused-only', 'a batch of cards');
    }
    const settled = await settleResponse(workspace, request);
    shell.print(responseSettleScreen(settled, shell));
    shell.document(responseSettleDocument(settled));
  });
}
