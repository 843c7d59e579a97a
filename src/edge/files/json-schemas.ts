import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { profileSchema } from '../../domain/formats/profile.ts';
import { incidentSchema } from '../../domain/incident/incident.ts';
import { answerFormatSchema } from '../../domain/responses/answer-format.ts';
import { sourceSpecSchema } from '../../domain/intake/source-spec.ts';
import { recipientsSchema } from '../../domain/recipients/recipient.ts';
import { officersSchema } from '../../domain/workspace/officer.ts';
import { sendersSchema } from '../../domain/workspace/sender.ts';
import { settingsSchema } from '../../domain/workspace/settings.ts';
import { writeFileAtomically } from './atomic-write.ts';

const published = {
  mimamori: { title: 'config/mimamori.toml', schema: settingsSchema },
  recipients: { title: 'config/recipients.toml', schema: recipientsSchema },
  officers: { title: 'config/officers.toml', schema: officersSchema },
  senders: { title: 'config/senders.toml', schema: sendersSchema },
  incident: { title: 'an incident (mimamori incident open)', schema: incidentSchema },
  source: { title: 'config/sources/*.toml (--source FILE=SPEC.toml)', schema: sourceSpecSchema },
  profile: { title: 'config/profiles/*.toml', schema: profileSchema },
  answer: { title: 'config/answers/*.toml', schema: answerFormatSchema },
} as const;

/**
 * JSON Schemas (draft 2020-12) of the files that people write, for editors that complete and check TOML. They say
 * less than the program checks: what one key demands of another is not in them.
 *
 * @returns file name and content, the same on every run
 */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(published).map(([name, { title, schema }]) => {
      const generated = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
      return [`${name}.json`, `${JSON.stringify({ title, ...generated }, undefined, 2)}\n`];
    }),
  );
}

/** Writes them into a directory. @throws WorkspaceFault `disk-full`, `file-write-failed` */
export async function writeJsonSchemas(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, content] of jsonSchemas()) {
    await writeFileAtomically(join(directory, name), content, { mode: 0o644 });
  }
}

// `node src/edge/files/json-schemas.ts docs/schemas` after a change of a schema.
if (import.meta.main) await writeJsonSchemas(process.argv[2] ?? 'docs/schemas');
