import { z } from 'zod';
import { localPathField } from '../workspace/text-fields.ts';
import { controlFileSchema, controlName } from './control-file.ts';
import type { ControlFile } from './control-file.ts';
import { namingFields, namingProblems } from './file-naming.ts';
import { allowAlgorithmsField } from './allow-algorithms.ts';
import { pickupKeyField } from './pickup-key.ts';
import { isTemporaryPattern } from './temporary-pattern.ts';

/** SHA-256 of the server's public key as `ssh-keygen -l` prints it; OpenSSH leaves the `=` away, others write it. */
const hostKeyField = z
  .string()
  .regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/, 'a host key fingerprint such as SHA256:… (43 characters)')
  .transform((text) => text.replace(/=$/, ''));

/** A DNS name, an IPv4 address, or an IPv6 address without brackets. */
export const hostField = z
  .string()
  .regex(
    /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]+)$/,
    'a host name or an address',
  );

/** `:` would be read as a password, and a space is never meant. */
export const userField = z
  .string()
  .regex(/^[^\s\p{Cc}:/]{1,64}$/u, 'a user name without ":" or "/"');

/**
 * A directory on the server: absolute, or relative to the directory the login starts in (`.` is that one).
 * Refused rather than cleaned: `..`, `\`, empty segments, control characters, a slash at the end.
 */
export const remoteDirectoryField = z
  .string()
  .max(512, 'a directory of at most 512 characters')
  .regex(
    /^(?:\/|\.|\/?(?!\.{1,2}(?:\/|$))[^\p{Cc}\\/]+(?:\/(?!\.{1,2}(?:\/|$))[^\p{Cc}\\/]+)*)$/u,
    'a directory such as /incoming/cards, without "..", "//" or "\\"',
  );

const sftpEndpointSchema = z
  .strictObject({
    kind: z.literal('sftp'),
    host: hostField,
    port: z.int('a port number').min(1, 'a port number').max(65535, 'a port number').default(22),
    user: userField,
    directory: remoteDirectoryField,
    host_keys: z
      .array(hostKeyField)
      .min(1, 'the pinned host key; without a pin there is no connection')
      .max(2, 'at most two host keys: the current and the next')
      .refine((keys) => new Set(keys).size === keys.length, 'each host key only once')
      .describe(
        'Current and next host key, confirmed with the recipient. Any other key is refused.',
      ),
    authentication: z.enum(['key', 'password', 'key+password']).default('key'),
    password_file: localPathField.optional().describe('File of mode 0600 that holds the password.'),
    can_read_back: z.boolean().default(true).describe('The server lets us read what we wrote.'),
    can_list: z
      .boolean()
      .default(true)
      .describe(
        'The server tells truly which names are taken; false: a free name is not believed.',
      ),
    probe_directory: remoteDirectoryField
      .optional()
      .describe('Where recipient probe may make and remove files; no program of theirs reads it.'),
    rename: z
      .enum(['plain', 'none'])
      .default('plain')
      .describe('none: the server cannot rename, so files are written under their final names.'),
    temporary_name: z
      .string()
      .max(36, 'at most 36 characters')
      .refine(
        (pattern) => isTemporaryPattern(pattern) && !pattern.includes('/'),
        'a name with {name}, {attempt} and {fence} once each, such as "{name}.{attempt}-{fence}.tmp"',
      )
      .optional()
      .describe('Until the rename; for servers that refuse names with a leading dot.'),
    control_file: controlFileSchema
      .optional()
      .describe('Put beside the data file once that is verified; their program waits for it.'),
    allow_algorithms: allowAlgorithmsField.optional(),
    ...namingFields,
  })
  .superRefine((endpoint, context) => {
    addNamingIssues(endpoint, context);
    addControlIssues(endpoint, context);
    const needsPassword = endpoint.authentication !== 'key';
    if (needsPassword === (endpoint.password_file !== undefined)) return;
    context.addIssue({
      code: 'custom',
      path: ['password_file'],
      message: needsPassword
        ? `a file with the password, because authentication is "${endpoint.authentication}"`
        : 'no password file, because authentication is "key"',
    });
  });

const manualEndpointSchema = z
  .strictObject({
    kind: z.literal('manual'),
    directory: localPathField.describe('Where the sealed file and its call sheet are put.'),
    ...namingFields,
  })
  .superRefine(addNamingIssues);

/** No file waits longer in a box. */
export const OFFER_DAYS_MAX = 90;

const pickupEndpointSchema = z
  .strictObject({
    kind: z.literal('pickup'),
    keys: z
      .array(pickupKeyField)
      .min(1, 'the public key they log in with; without one nobody gets in')
      .max(2, 'at most two keys: the current and the next')
      .refine((keys) => new Set(keys).size === keys.length, 'each key only once')
      .describe('Public keys they fetch their files with, current and next, as OpenSSH lines.'),
    offer_days: z
      .int()
      .min(1)
      .max(OFFER_DAYS_MAX)
      .optional()
      .describe(
        'Days that an offered file waits for them to begin; without it until its plan is too old.',
      ),
    ...namingFields,
  })
  .superRefine(addNamingIssues);

function addNamingIssues(
  endpoint: Parameters<typeof namingProblems>[0],
  context: z.RefinementCtx,
): void {
  for (const { key, message } of namingProblems(endpoint)) {
    context.addIssue({ code: 'custom', path: [key], message });
  }
}

/** A control file must never have the name of its own data file. */
function addControlIssues(
  endpoint: {
    readonly name_pattern?: string | undefined;
    readonly control_file?: ControlFile | undefined;
  },
  context: z.RefinementCtx,
): void {
  const { name_pattern: pattern = '{batch}.pgp', control_file: control } = endpoint;
  const sample = pattern.replaceAll(/[{}]/g, '');
  if (control === undefined || controlName(control, sample) !== sample) return;
  context.addIssue({
    code: 'custom',
    path: ['control_file', 'name'],
    message: 'another name than the data file has',
  });
}

/** Where a sealed file goes: pushed over SFTP, put into a folder for a portal or a courier, or fetched here. */
export const endpointSchema = z.discriminatedUnion('kind', [
  sftpEndpointSchema,
  manualEndpointSchema,
  pickupEndpointSchema,
]);

export type Endpoint = z.output<typeof endpointSchema>;
