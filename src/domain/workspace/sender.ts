import { z } from 'zod';
import { pickupKeyField } from '../recipients/pickup-key.ts';
import { allowField } from '../recipients/weakness.ts';
import {
  fingerprintField,
  idField,
  stateField,
  textField,
  workspacePathField,
} from './text-fields.ts';
import { instantField } from './time-fields.ts';

/** Who sends us signed sources: a forensic investigator (PFI), a processor, the merchant itself. */
export const senderSchema = z.strictObject({
  id: idField,
  name: textField(200),
  kind: z.enum(['pfi', 'processor', 'merchant']),
  certificate: workspacePathField,
  fingerprint: fingerprintField,
  confirmed_by: textField(200).describe(
    'How the fingerprint was confirmed, other than by the message itself.',
  ),
  confirmed_at: instantField,
  allow: allowField,
  pickup_keys: z
    .array(pickupKeyField)
    .min(1, 'a public key; leave pickup_keys out for a sender without a box')
    .max(2, 'at most two keys: the current and the next')
    .refine((keys) => new Set(keys).size === keys.length, 'each key only once')
    .optional()
    .describe('Public keys that open a box into which they bring sources, as OpenSSH lines.'),
  state: stateField,
});

/** `config/senders.toml` */
export const sendersSchema = z.strictObject({ senders: z.array(senderSchema).default([]) });

export type Sender = z.output<typeof senderSchema>;
/** What a file or a command gives: defaults left out, fingerprint spaced or not. */
export type SenderEntry = z.input<typeof senderSchema>;
