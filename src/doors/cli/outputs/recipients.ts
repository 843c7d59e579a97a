import { z } from 'zod';

import { recipientSchema as entrySchema } from '../../../domain/recipients/recipient.ts';
import type { Recipient } from '../../../domain/recipients/recipient.ts';

/** `recipient show|add|update|disable --json`: the entry as the configuration file has it. */
export const recipientSchema = z.strictObject({ recipient: entrySchema });

export function recipientDocument(recipient: Recipient): z.infer<typeof recipientSchema> {
  return { recipient };
}

/** `recipient list --json`. */
export const recipientsSchema = z.strictObject({ recipients: z.array(entrySchema) });

export function recipientsDocument(
  recipients: readonly Recipient[],
): z.infer<typeof recipientsSchema> {
  return { recipients: [...recipients] };
}
