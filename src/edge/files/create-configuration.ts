import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { writeFileAtomically } from './atomic-write.ts';
import {
  configurationFiles,
  parseConfiguration,
  type ConfigurationTexts,
} from './configuration-files.ts';
import { setTomlValue } from './toml-edit.ts';
import { readTomlText } from './toml-file.ts';

/** What `init` knows about a new workspace. The rest stands in the templates. */
export interface NewWorkspace {
  readonly id: string;
  readonly mode: 'drill' | 'live';
  readonly organisation: string;
  readonly origin: string;
  readonly anchor?: string;
  readonly language?: 'ja' | 'en';
  readonly timeZone?: string;
  readonly contact?: string;
}

/**
 * Writes the configuration of a new workspace from the commented templates, and nothing over a file that is there.
 *
 * @param templates directory that holds `mimamori.toml`, `recipients.toml`, `officers.toml` and `senders.toml`
 * @throws WorkspaceFault `config-*` (before anything is written), `file-exists`, `disk-full`, `file-write-failed`
 */
export async function createConfiguration(
  templates: string,
  workspace: string,
  answers: NewWorkspace,
): Promise<void> {
  const read = (name: string) => readTomlText(join(templates, name), name);
  const texts: ConfigurationTexts = {
    settings: fillIn(await read('mimamori.toml'), answers),
    recipients: await read('recipients.toml'),
    officers: await read('officers.toml'),
    senders: await read('senders.toml'),
  };
  parseConfiguration(texts);
  await mkdir(join(workspace, 'config'), { recursive: true, mode: 0o700 });
  for (const part of ['settings', 'recipients', 'officers', 'senders'] as const) {
    await writeFileAtomically(join(workspace, configurationFiles[part]), texts[part], {
      replace: false,
    });
  }
}

function fillIn(template: string, answers: NewWorkspace): string {
  const values = [
    ['workspace', 'id', answers.id],
    ['workspace', 'mode', answers.mode],
    ['workspace', 'organisation', answers.organisation],
    ['workspace', 'language', answers.language],
    ['workspace', 'time_zone', answers.timeZone],
    ['workspace', 'contact', answers.contact],
    ['log', 'origin', answers.origin],
    ['log', 'anchor', answers.anchor],
  ] as const;
  return values.reduce((text, [table, key, value]) => {
    if (value === undefined) return text;
    const filled = setTomlValue(text, [table, key], value);
    if (filled === undefined) {
      throw new WorkspaceFault('config-write-refused', { file: 'mimamori.toml', id: key });
    }
    return filled;
  }, template);
}
