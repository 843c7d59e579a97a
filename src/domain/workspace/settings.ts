import { z } from 'zod';
import { idField, localPathField, textField } from './text-fields.ts';
import { timeZoneField } from './time-fields.ts';

const whole = (min: number, max: number) =>
  z
    .int('a whole number')
    .min(min, `a whole number from ${min} to ${max}`)
    .max(max, `a whole number from ${min} to ${max}`);

const workspaceTable = z.strictObject({
  id: idField.describe('Names this workspace in plans, approvals and the log. Set once by init.'),
  mode: z
    .enum(['drill', 'live'])
    .describe('Fixed at init. Drill marks everything that leaves TEST.'),
  organisation: textField(200).describe('Who hands the cards over, as recipients know you.'),
  language: z
    .enum(['ja', 'en'])
    .default('ja')
    .describe('Of reports, when neither --lang nor the locale says.'),
  time_zone: timeZoneField
    .default('Asia/Tokyo')
    .describe('For times on screens and for new incidents.'),
  contact: textField(200)
    .optional()
    .describe('Printed on the key sheet: whom a partner rings back.'),
});

const approvalsTable = z.strictObject({
  required: whole(1, 3).default(1).describe('Approvers needed besides the requester.'),
  expires_after_hours: whole(1, 720)
    .default(72)
    .describe('A plan not delivered by then needs a new one.'),
  emergency: z
    .boolean()
    .default(false)
    .describe(
      'Whether a requester alone may send with handoff deliver --emergency; the second signature is due within 24 hours.',
    ),
  cooling_off_hours: whole(0, 336)
    .default(24)
    .describe(
      'How long an approved change of a certificate, endpoint, host key, officer or policy waits before it is in force.',
    ),
});

const logTable = z.strictObject({
  origin: z
    .string()
    .regex(
      /^[!-*,-~]{1,200}$/,
      'a name of at most 200 printable ASCII characters without spaces or "+"',
    )
    .describe('First line of every checkpoint (C2SP tlog-checkpoint). Set once by init.'),
  anchor: localPathField
    .optional()
    .describe(
      'Directory outside the workspace that keeps every signed checkpoint. Required in live mode.',
    ),
});

const retentionTable = z
  .strictObject({
    incident_days: whole(1, 36_500)
      .optional()
      .describe('Days after the newest handoff of an incident, from when on it may be purged.'),
  })
  .optional()
  .describe('How long what an incident left here is kept.');

const keyTable = z
  .strictObject({
    custodian: textField(200).optional().describe('Who answers for this key, for key list.'),
    cryptoperiod_days: whole(1, 3_650)
      .optional()
      .describe('Days after which it is to be replaced; told 90, 30 and 7 days ahead.'),
  })
  .optional();

const keysTable = z
  .strictObject({
    openpgp: keyTable.describe('Signs what leaves and opens what comes.'),
    sftp: keyTable.describe('Logs in at recipients.'),
    pickup: keyTable.describe('Shown by the pickup server.'),
    log: keyTable.describe('Signs checkpoints of the log.'),
    workspace: keyTable.describe('Wraps the others; opened by the passphrase.'),
    keyed_hash: keyTable.describe('One of each incident, to recognise a card again.'),
  })
  .optional()
  .describe('Custodians and cryptoperiods of our own keys.');

const pickupTable = z
  .strictObject({
    address: z
      .union([z.ipv4(), z.ipv6()], { error: 'an IP address of this machine, such as 192.0.2.10' })
      .describe('Where the pickup server listens; 0.0.0.0 and :: are every address.'),
    port: whole(1, 65_535).default(2022).describe('Its port.'),
    name: z
      .string()
      .regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/, 'a host name')
      .optional()
      .describe('What recipients call this machine, for their known_hosts; default: the address.'),
  })
  .refine(({ address, name }) => name !== undefined || !['0.0.0.0', '::'].includes(address), {
    path: ['name'],
    message: 'what recipients call this machine, because it listens on every address',
  })
  .optional()
  .describe('For recipients who fetch their files here; mimamori serve.');

const serveTable = z
  .strictObject({
    deliver: z
      .boolean()
      .default(false)
      .describe(
        'Whether mimamori serve delivers approved handoffs by itself, and tries again what failed.',
      ),
  })
  .optional()
  .describe('What mimamori serve does without being told each time.');

/**
 * `config/mimamori.toml`. Keys keep the spelling of the file, so that a message, a document and the code say
 * the same word.
 */
export const settingsSchema = z
  .strictObject({
    workspace: workspaceTable,
    approvals: approvalsTable.prefault({}),
    log: logTable,
    keys: keysTable,
    retention: retentionTable,
    pickup: pickupTable,
    serve: serveTable,
  })
  .superRefine((settings, context) => {
    if (settings.workspace.mode === 'live' && settings.log.anchor === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['log', 'anchor'],
        message: 'a directory outside the workspace, because the mode is live',
      });
    }
  });

export type Settings = z.output<typeof settingsSchema>;
