import { hasLeft } from '../../domain/handoff/delivery-states.ts';
import { dueAtBy } from '../../domain/recipients/agreed-terms.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import { leftAt } from './answer-time.ts';
import { isAnswerable } from './assert-answerable.ts';

/** Recipients with how they answer. */
export type AnsweringRecipients = readonly Pick<Recipient, 'id' | 'answers'>[];

/**
 * When an answer about all of a batch is due by the terms of its recipient; undefined without terms, while it has not left
 * for sure, or where nobody can answer: what was sent elsewhere is asked about where it was sent from.
 */
export function dueAtOf(batch: BatchRow, recipients: AnsweringRecipients): Date | undefined {
  if (!hasLeft(batch.state) || !isAnswerable(batch)) return undefined;
  const { answers } = recipients.find(({ id }) => id === batch.recipient) ?? {};
  return dueAtBy(answers, leftAt(batch));
}
