import { basename } from 'node:path';

import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { importResponse } from '../../../exchange/import-response.ts';
import { settleResponse } from '../../../exchange/settle-response.ts';
import { showResponse } from '../../../exchange/show-response.ts';
import { reasonOf, textOf } from '../invocation.ts';
import {
  responseImportDocument,
  responseDocument,
  responseSettleDocument,
  responsesDocument,
} from '../outputs/responses.ts';
import {
  responseImportScreen,
  responseListScreen,
  responseScreen,
  responseSettleScreen,
} from '../screens/responses-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** As commander hands them over. */
export interface ImportOptions {
  readonly batch: string;
  readonly answeredBy?: string;
  readonly acceptUnsigned?: boolean;
  readonly acceptDiffering?: boolean;
}

const byCharactersMax = 200;

/** `response import`. */
export async function importAnswer(
  shell: Shell,
  path: string,
  options: ImportOptions,
): Promise<void> {
  const answeredBy =
    options.answeredBy === undefined ? undefined : textOf('--answered-by', options.answeredBy);
  if (options.answeredBy !== undefined && (answeredBy?.length ?? Infinity) > byCharactersMax) {
    const expected = `who sent it, in at most ${byCharactersMax} characters`;
    throw new WorkspaceFault('usage', { option: '--answered-by', expected });
  }
  // A refusal while it is opened names the file.
  shell.nameSources([path === '-' ? 'standard input' : basename(path)]);
  await withWorkspace(shell, async (workspace) => {
    const imported = await importResponse(workspace, {
      ...{ batch: options.batch, path, officer: shell.options.as, answeredBy },
      acceptUnsigned: options.acceptUnsigned ?? false,
      acceptDiffering: options.acceptDiffering ?? false,
      ...{ reason: reasonOf(shell.options), signal: shell.signal },
    });
    shell.print(responseImportScreen(imported, shell));
    shell.document(responseImportDocument(imported));
  });
}

/** `response list`. */
export async function listAnswers(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const rows = await workspace.responses.list();
    shell.print(responseListScreen(rows, shell));
    shell.document(responsesDocument(rows));
  });
}

/** `response show`. */
export async function showAnswer(shell: Shell, batch: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const shown = await showResponse(workspace, batch);
    shell.print(responseScreen(shown, shell));
    shell.document(responseDocument(shown));
  });
}

/** `response settle`. */
export async function settleAnswer(shell: Shell, batch: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const settled = await settleResponse(workspace, {
      ...{ batch, officer: shell.options.as, reason: reasonOf(shell.options) },
    });
    shell.print(responseSettleScreen(settled, shell));
    shell.document(responseSettleDocument(settled));
  });
}
