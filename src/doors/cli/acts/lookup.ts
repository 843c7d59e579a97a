import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { lookUpCard } from '../../../exchange/lookup/look-up-card.ts';
import { lookUpOrder } from '../../../exchange/lookup/look-up-order.ts';
import { lookUpPerson } from '../../../exchange/lookup/look-up-person.ts';
import type { LookUpAnswer } from '../../../exchange/lookup/look-up-answer.ts';
import { reasonOf, textOf } from '../invocation.ts';
import { lookupDocument } from '../outputs/lookup.ts';
import { lookupScreen } from '../screens/lookup-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';
import { lookupWords as en } from '../words/en/lookup.ts';
import { lookupWords as ja } from '../words/ja/lookup.ts';

const words = { en, ja };

/** As commander hands them over. */
export interface LookupOptions {
  readonly incident?: string;
  readonly stdin?: boolean;
}

export interface OrderOptions extends Omit<LookupOptions, 'stdin'> {
  readonly merchant?: string;
  readonly lastFour?: string;
}

/** `lookup card`. */
export async function lookupCard(shell: Shell, options: LookupOptions): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const answer = await lookUpCard(workspace, {
      ...asked(shell, options),
      from: options.stdin === true ? 'standard-input' : 'terminal',
      prompt: words[shell.language].prompt,
      signal: shell.signal,
    });
    show(shell, answer);
  });
}

/** `lookup person`. */
export async function lookupPerson(shell: Shell, options: LookupOptions): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const answer = await lookUpPerson(workspace, {
      ...asked(shell, options),
      from: options.stdin === true ? 'standard-input' : 'terminal',
      prompts: words[shell.language].prompts,
      signal: shell.signal,
    });
    show(shell, answer);
  });
}

/** `lookup order`. Throws `usage` for a card number, for which `lookup card` asks unseen, and for digits that are not four. */
export async function lookupOrder(
  shell: Shell,
  reference: string,
  options: OrderOptions,
): Promise<void> {
  // A card number typed here stands in the history of the shell already; at least nothing is done with it.
  const wanted = textOf('<reference>', reference);
  if (wanted === undefined) {
    throw new WorkspaceFault('usage', { option: '<reference>', expected: 'an order number' });
  }
  const { lastFour } = options;
  if (lastFour !== undefined && !/^\d{4}$/.test(lastFour)) {
    throw new WorkspaceFault('usage', { option: '--last-four', expected: 'four digits' });
  }
  const merchant = textOf('--merchant', options.merchant);
  const told = { reference: wanted, lastFour, merchant };
  await withWorkspace(shell, async (workspace) => {
    show(shell, await lookUpOrder(workspace, { ...asked(shell, options), ...told }));
  });
}

function asked({ options }: Shell, { incident }: LookupOptions) {
  return { incident, officer: options.as, reason: reasonOf(options) };
}

/** Nothing found ends with 1, as a search does, and so does what cannot be told yet. */
function show(shell: Shell, answer: LookUpAnswer): void {
  shell.print(lookupScreen(answer, shell));
  shell.document(lookupDocument(answer));
  if (answer.hits.length === 0) shell.setStatus(1);
}
