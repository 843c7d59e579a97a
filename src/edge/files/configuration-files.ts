import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { assertRecipients } from '../../domain/recipients/assert-recipients.ts';
import { recipientsSchema } from '../../domain/recipients/recipient.ts';
import { assertBoxes } from '../../domain/workspace/assert-boxes.ts';
import { assertDistinct } from '../../domain/workspace/assert-distinct.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { officersSchema } from '../../domain/workspace/officer.ts';
import { sendersSchema } from '../../domain/workspace/sender.ts';
import { settingsSchema, type Settings } from '../../domain/workspace/settings.ts';
import type { LoadedConfiguration } from '../../exchange/configuration/configuration.ts';
import { parseToml, readTomlText } from './toml-file.ts';

/** The files of a configuration, relative to the workspace, in the order in which they are read and digested. */
export const configurationFiles = {
  settings: 'config/mimamori.toml',
  recipients: 'config/recipients.toml',
  officers: 'config/officers.toml',
  senders: 'config/senders.toml',
} as const;

export type ConfigurationPart = keyof typeof configurationFiles;
export type ConfigurationTexts = Readonly<Record<ConfigurationPart, string>>;

/** @throws WorkspaceFault as `readTomlText` */
export async function readConfigurationTexts(workspace: string): Promise<ConfigurationTexts> {
  const read = (part: ConfigurationPart) =>
    readTomlText(join(workspace, configurationFiles[part]), configurationFiles[part]);
  return {
    settings: await read('settings'),
    recipients: await read('recipients'),
    officers: await read('officers'),
    senders: await read('senders'),
  };
}

/**
 * Checks the four texts as a whole.
 *
 * @throws WorkspaceFault `config-*`; RecipientsFault `endpoint-shared`
 */
export function parseConfiguration(texts: ConfigurationTexts): LoadedConfiguration {
  const files = configurationFiles;
  const settings = parseToml(texts.settings, settingsSchema, files.settings);
  const { recipients } = parseToml(texts.recipients, recipientsSchema, files.recipients);
  assertRecipients(files.recipients, recipients);
  const { officers } = parseToml(texts.officers, officersSchema, files.officers);
  assertDistinct(files.officers, officers);
  const { senders } = parseToml(texts.senders, sendersSchema, files.senders);
  assertDistinct(files.senders, senders);
  assertBoxes(files.senders, recipients, senders);
  const digest = digestTexts(texts);
  return { settings, recipients, officers, senders, digest, isApproved: false };
}

/**
 * An anchor inside the workspace would be changed together with the log it is there to check.
 *
 * @throws WorkspaceFault `anchor-inside-workspace`
 */
export async function assertAnchorOutside(workspace: string, settings: Settings): Promise<void> {
  const { anchor } = settings.log;
  if (anchor === undefined) return;
  const root = await realOrGiven(resolve(workspace));
  const directory = await realOrGiven(dirname(resolve(workspace, anchor)));
  const way = relative(root, directory);
  if (way !== '..' && !way.startsWith('../')) {
    throw new WorkspaceFault('anchor-inside-workspace', {
      file: configurationFiles.settings,
      anchor,
    });
  }
}

async function realOrGiven(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}

function digestTexts(texts: ConfigurationTexts): string {
  const hash = createHash('sha256');
  for (const [part, file] of Object.entries(configurationFiles)) {
    const bytes = new TextEncoder().encode(texts[part as ConfigurationPart]);
    hash.update(`${file} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}
