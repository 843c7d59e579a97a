import { z } from 'zod';
import { roles } from './roles.ts';
import {
  fingerprintField,
  idField,
  stateField,
  textField,
  workspacePathField,
} from './text-fields.ts';
import { dayOrInstantField } from './time-fields.ts';

/** A person who acts on this workspace, known by the certificate that signs requests and approvals. */
export const officerSchema = z.strictObject({
  id: idField,
  name: textField(100),
  roles: z
    .array(z.enum(roles))
    .min(1, 'at least one role')
    .refine((items) => new Set(items).size === items.length, 'each role only once'),
  certificate: workspacePathField,
  fingerprint: fingerprintField,
  state: stateField,
  valid_until: dayOrInstantField.optional(),
});

/** `config/officers.toml` */
export const officersSchema = z.strictObject({ officers: z.array(officerSchema).default([]) });

export type Officer = z.output<typeof officerSchema>;
/** What a file or a command gives: defaults left out, fingerprint spaced or not. */
export type OfficerEntry = z.input<typeof officerSchema>;
