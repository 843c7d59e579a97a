import { z } from 'zod';

import { encodeCanonicalJson, parseCanonicalJson } from '../canonical-json.ts';
import type { Json } from '../canonical-json.ts';
import { isFault } from '../fault.ts';
import { profileSchema } from '../formats/profile.ts';
import { digestOf } from '../handoff/plan.ts';
import { assertRecipients } from '../recipients/assert-recipients.ts';
import { answerFormatSchema } from '../responses/answer-format.ts';
import { recipientSchema } from '../recipients/recipient.ts';
import { assertBoxes } from '../workspace/assert-boxes.ts';
import { assertDistinct } from '../workspace/assert-distinct.ts';
import { officerSchema } from '../workspace/officer.ts';
import { senderSchema } from '../workspace/sender.ts';
import { settingsSchema } from '../workspace/settings.ts';
import { idField, workspacePathField } from '../workspace/text-fields.ts';
import { ConfigurationFault } from './errors.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * Everything a running act goes by: settings, people, recipients, our own profiles, and the certificates by value, so
 * that no file has to be asked any more. A document names the version it replaces; the first one names none.
 */
const documentSchema = z.strictObject({
  type: z.literal('mimamori/configuration/v1'),
  workspace: idField,
  replaces: sha256.optional(),
  /** 2 for the second proposal of the same content after the first was dropped, and so on. */
  attempt: z.int().min(2).optional(),
  settings: settingsSchema,
  recipients: z.array(recipientSchema),
  officers: z.array(officerSchema),
  senders: z.array(senderSchema),
  /** Of `config/profiles`; the built-in ones come with the program. */
  profiles: z.array(profileSchema),
  /** Of `config/answers`, likewise. */
  answers: z.array(answerFormatSchema),
  /** Each certificate file in Base64, by its path below the workspace. */
  certificates: z.record(workspacePathField, z.base64()),
});

export type ConfigurationDocument = Readonly<z.output<typeof documentSchema>>;

/** More is no configuration: a thousand recipients with large certificates have a fifth of it. */
const CONFIGURATION_BYTES_MAX = 64 * 1024 * 1024;

/**
 * The bytes a proposer signs and a digest names: RFC 8785 JSON.
 */
export function encodeConfiguration(document: ConfigurationDocument): Uint8Array {
  // Absent keys are left out: the canonical form knows no `undefined`.
  return encodeCanonicalJson(JSON.parse(JSON.stringify(document)) as Json);
}

/**
 * Reads stored bytes back and checks them as files are checked.
 *
 * Throws `configuration-damaged` when they are not those that `digest` names, or no configuration.
 */
export function parseConfigurationDocument(
  bytes: Uint8Array,
  digest: string,
): ConfigurationDocument {
  const damaged = (cause?: unknown): ConfigurationFault =>
    new ConfigurationFault('configuration-damaged', { configuration: digest }, cause);
  if (bytes.length > CONFIGURATION_BYTES_MAX || digestOf(bytes) !== digest) throw damaged();
  try {
    const parsed = documentSchema.safeParse(parseCanonicalJson(bytes));
    // What a schema says may quote a value.
    if (!parsed.success) throw damaged();
    assertWhole(parsed.data);
    return parsed.data;
  } catch (error) {
    throw isFault(error) && error.code === 'configuration-damaged' ? error : damaged(error);
  }
}

/**
 * What the files are checked for besides each entry: nobody twice, no place twice, no certificate missing. Throws
 * WorkspaceFault `config-id-repeated`, `config-fingerprint-shared`, `config-file-missing`, RecipientsFault
 * `endpoint-shared`.
 */
function assertWhole(document: ConfigurationDocument): void {
  const { recipients, officers, senders, certificates } = document;
  assertRecipients('recipients', recipients);
  assertDistinct('officers', officers);
  assertDistinct('senders', senders);
  assertBoxes('senders', recipients, senders);
  for (const { certificate } of [...recipients, ...officers, ...senders]) {
    if (!Object.hasOwn(certificates, certificate)) {
      throw new ConfigurationFault('configuration-damaged', { certificate });
    }
  }
}
