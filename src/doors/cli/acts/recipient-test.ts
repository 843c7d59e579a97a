import { resolve } from 'node:path';

import { parseFourDigits } from '../../../domain/recipients/read-back.ts';
import type { ReadBack } from '../../../domain/recipients/read-back.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { confirmByFile } from '../../../exchange/recipients/confirm-by-file.ts';
import { confirmRecipientTest } from '../../../exchange/recipients/confirm-recipient-test.ts';
import {
  enabledRecipient,
  sendRecipientTest,
} from '../../../exchange/recipients/send-recipient-test.ts';
import { exitStatus } from '../exit-status.ts';
import { exitStatuses } from '../exit-statuses.ts';
import { textOf } from '../invocation.ts';
import { momentOf } from '../moment.ts';
import { sentTestDocument, testDocument } from '../outputs/recipients.ts';
import { testCallSheets } from '../screens/test-call-sheet.ts';
import { confirmedScreen, sentTestScreen } from '../screens/recipient-test-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

export interface ConfirmOptions {
  readonly count?: string;
  readonly first?: string;
  readonly last?: string;
  readonly by?: string;
  readonly phone?: string;
  readonly at?: string;
  readonly answer?: string;
}

const textCharactersMax = 200;

/** `recipient test`. */
export async function sendTest(shell: Shell, id: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const sent = await sendRecipientTest(workspace, {
      recipient: id,
      officer: shell.options.as,
      callSheets: testCallSheets,
      signal: shell.signal,
    });
    shell.print(sentTestScreen(sent, shell));
    shell.document(sentTestDocument(sent));
    const { fault } = sent.report;
    if (!sent.hasArrived) shell.setStatus(fault ? exitStatuses[fault.code] : exitStatus.tryLater);
  });
}

/** `recipient confirm`. */
export async function confirmTest(
  shell: Shell,
  id: string,
  options: ConfirmOptions,
): Promise<void> {
  const { answer, ...spoken } = options;
  if (answer !== undefined) {
    const given = Object.keys(spoken)[0];
    if (given === undefined) return confirmWithFile(shell, id, answer);
    throw new WorkspaceFault('usage', { option: `--${given}`, expected: 'not with --answer' });
  }
  const readBack = readBackOf(options);
  const by = shortText('--by', options.by);
  const phone = shortText('--phone', options.phone);
  await withWorkspace(shell, async (workspace) => {
    const { time_zone: zone } = workspace.settings.workspace;
    const spokenAt = options.at === undefined ? undefined : momentOf('--at', options.at, zone);
    const request = { recipient: id, officer: shell.options.as, readBack, by, phone, spokenAt };
    const test = await confirmRecipientTest(workspace, request);
    const recipient = enabledRecipient(await workspace.configuration.load(), id);
    shell.print(confirmedScreen(test, recipient, shell));
    shell.document(testDocument(test));
  });
}

async function confirmWithFile(shell: Shell, id: string, path: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const request = { recipient: id, officer: shell.options.as, path: resolve(path) };
    const test = await confirmByFile(workspace, request, shell.signal);
    const recipient = enabledRecipient(await workspace.configuration.load(), id);
    shell.print(confirmedScreen(test, recipient, shell));
    shell.document(testDocument(test));
  });
}

/** Digits as they were heard, in half or full width. Throws `usage`. */
function readBackOf({ count, first, last }: ConfirmOptions): ReadBack {
  const number = /^[0-9]{1,4}$/.exec((count ?? '').normalize('NFKC').trim())?.[0];
  if (number === undefined) {
    throw new WorkspaceFault('usage', { option: '--count', expected: 'a number of cards' });
  }
  return {
    count: Number(number),
    firstFour: fourDigits('--first', first),
    lastFour: fourDigits('--last', last),
  };
}

function fourDigits(option: string, given: string | undefined): Uint8Array {
  const digits = parseFourDigits(given ?? '');
  if (digits === undefined) throw new WorkspaceFault('usage', { option, expected: 'four digits' });
  return digits;
}

function shortText(option: string, given: string | undefined): string {
  const text = textOf(option, given);
  if (text === undefined || text.length > textCharactersMax) {
    const expected = `a text of at most ${textCharactersMax} characters`;
    throw new WorkspaceFault('usage', { option, expected });
  }
  return text;
}
