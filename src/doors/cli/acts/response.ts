import { basename } from 'node:path';

import { importCardAnswer } from '../../../exchange/responses/import-card-answer.ts';
import { settleCardAnswer } from '../../../exchange/responses/settle-card-answer.ts';
import { showCardAnswer } from '../../../exchange/responses/show-card-answer.ts';
import { importResponse } from '../../../exchange/responses/import-response.ts';
import type { ImportRequest } from '../../../exchange/responses/import-response.ts';
import { settleResponse } from '../../../exchange/responses/settle-response.ts';
import { showResponse } from '../../../exchange/responses/show-response.ts';
import { reasonOf, textOf } from '../invocation.ts';
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

/** `response settle`. */
export async function settleAnswer(
  shell: Shell,
  batch: string,
  { refusedOnly = false }: SettleOptions,
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const request = { batch, officer: shell.options.as, reason: reasonOf(shell.options) };
    if (await isOfCards(workspace, batch)) {
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
