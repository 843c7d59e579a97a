import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { recipientSchema, type Recipient } from '../../domain/recipients/recipient.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { officerSchema, type Officer } from '../../domain/workspace/officer.ts';
import { readTable } from '../../domain/workspace/read-table.ts';
import { senderSchema, type Sender } from '../../domain/workspace/sender.ts';
import { workspacePathField } from '../../domain/workspace/text-fields.ts';
import { keptCertificate } from '../../exchange/configuration/configuration.ts';
import type {
  Configuration,
  LoadedConfiguration,
  NewOfficer,
  NewRecipient,
  NewSender,
} from '../../exchange/configuration/configuration.ts';
import { makeDirectory, writeFileAtomically } from './atomic-write.ts';
import {
  assertAnchorOutside,
  configurationFiles,
  parseConfiguration,
  readConfigurationTexts,
  type ConfigurationTexts,
} from './configuration-files.ts';
import { errnoOf } from './errno.ts';
import { appendTomlEntry, replaceTomlEntry, setTomlValue } from './toml-edit.ts';

type Part = 'recipients' | 'officers' | 'senders';
type Entry = Recipient | Officer | Sender;

const entrySchemas = {
  recipients: recipientSchema,
  officers: officerSchema,
  senders: senderSchema,
} as const;

/** One change of one file: its new text, and the entries that text must read back as. */
interface Change {
  readonly part: Part;
  readonly id: string;
  readonly text: string | undefined;
  readonly entries: readonly Entry[];
  readonly certificate?: { readonly paths: readonly string[]; readonly bytes: Uint8Array };
}

/** The configuration of a workspace directory: `config/*.toml` and the certificates under `keys/`. */
export class ConfigurationFolder implements Configuration {
  readonly #workspace: string;

  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  async load(): Promise<LoadedConfiguration> {
    return (await this.#read()).loaded;
  }

  async readCertificate(path: string): Promise<Uint8Array> {
    if (!workspacePathField.safeParse(path).success) {
      throw new WorkspaceFault('config-unreadable', { file: path, reason: 'outside-workspace' });
    }
    try {
      return new Uint8Array(await readFile(join(this.#workspace, path)));
    } catch (error) {
      const reason = errnoOf(error);
      if (reason === 'ENOENT') {
        throw new WorkspaceFault('config-file-missing', { file: path }, error);
      }
      throw new WorkspaceFault('config-unreadable', { file: path, reason }, error);
    }
  }

  addRecipient(entry: NewRecipient, certificate: Uint8Array): Promise<LoadedConfiguration> {
    return this.#add('recipients', entry, certificate);
  }

  updateRecipient(entry: NewRecipient, certificate?: Uint8Array): Promise<LoadedConfiguration> {
    return this.#update('recipients', entry, certificate);
  }

  disableRecipient(id: string): Promise<LoadedConfiguration> {
    return this.#disable('recipients', id);
  }

  addOfficer(entry: NewOfficer, certificate: Uint8Array): Promise<LoadedConfiguration> {
    return this.#add('officers', entry, certificate);
  }

  disableOfficer(id: string): Promise<LoadedConfiguration> {
    return this.#disable('officers', id);
  }

  addSender(entry: NewSender, certificate: Uint8Array): Promise<LoadedConfiguration> {
    return this.#add('senders', entry, certificate);
  }

  disableSender(id: string): Promise<LoadedConfiguration> {
    return this.#disable('senders', id);
  }

  async #read(): Promise<{ texts: ConfigurationTexts; loaded: LoadedConfiguration }> {
    const texts = await readConfigurationTexts(this.#workspace);
    const loaded = parseConfiguration(texts);
    await assertAnchorOutside(this.#workspace, loaded.settings);
    return { texts, loaded };
  }

  async #add(
    part: Part,
    given: NewRecipient | NewOfficer | NewSender,
    certificate: Uint8Array,
  ): Promise<LoadedConfiguration> {
    const { texts, loaded } = await this.#read();
    const entry = checkEntry(part, given);
    if (loaded[part].some(({ id }) => id === entry.id)) {
      throw new WorkspaceFault('config-id-taken', {
        ...{ file: configurationFiles[part], id: entry.id, part },
      });
    }
    return this.#write(texts, {
      part,
      id: entry.id,
      text: appendTomlEntry(texts[part], part, entry),
      entries: [...loaded[part], entry],
      certificate: {
        paths: [
          entry.certificate,
          ...(part === 'officers' ? [keptCertificate(entry.fingerprint)] : []),
        ],
        bytes: certificate,
      },
    });
  }

  async #update(
    part: Part,
    given: NewRecipient,
    certificate: Uint8Array | undefined,
  ): Promise<LoadedConfiguration> {
    const { texts, loaded } = await this.#read();
    const index = indexOf(loaded, part, given.id);
    const old = loaded[part][index]!;
    const entry = checkEntry(part, given, certificate === undefined ? old.certificate : undefined);
    return this.#write(texts, {
      part,
      id: entry.id,
      text: replaceTomlEntry(texts[part], part, index, entry),
      entries: loaded[part].with(index, entry as never),
      ...(certificate === undefined
        ? {}
        : { certificate: { paths: [entry.certificate], bytes: certificate } }),
    });
  }

  async #disable(part: Part, id: string): Promise<LoadedConfiguration> {
    const { texts, loaded } = await this.#read();
    const index = indexOf(loaded, part, id);
    return this.#write(texts, {
      part,
      id,
      text: setTomlValue(texts[part], [part, index, 'state'], 'disabled'),
      entries: loaded[part].with(index, { ...loaded[part][index], state: 'disabled' } as never),
    });
  }

  async #write(before: ConfigurationTexts, change: Change): Promise<LoadedConfiguration> {
    const { part, id, text, entries, certificate } = change;
    const file = configurationFiles[part];
    const after = text === undefined ? undefined : readBack({ ...before, [part]: text });
    if (text === undefined || after === undefined || !isDeepStrictEqual(after[part], entries)) {
      throw new WorkspaceFault('config-write-refused', { file, id });
    }
    // People edit these files while we work. What they saved meanwhile must not be lost.
    const now = await readConfigurationTexts(this.#workspace);
    if (now[part] !== before[part]) throw new WorkspaceFault('config-changed-meanwhile', { file });
    for (const name of certificate?.paths ?? []) {
      const path = join(this.#workspace, name);
      await makeDirectory(dirname(path));
      await writeFileAtomically(path, certificate!.bytes);
    }
    await writeFileAtomically(join(this.#workspace, file), text);
    return after;
  }
}

/** Undefined where our own addition made the text unreadable: a list that people wrote inline cannot grow by blocks. */
function readBack(texts: ConfigurationTexts): LoadedConfiguration | undefined {
  try {
    return parseConfiguration(texts);
  } catch (error) {
    if (error instanceof WorkspaceFault && error.code === 'config-syntax') return undefined;
    throw error;
  }
}

function checkEntry(
  part: Part,
  given: NewRecipient | NewOfficer | NewSender,
  certificate = `keys/${part}/${given.id}.asc`,
): Entry {
  const origin = { file: configurationFiles[part], lineOf: () => undefined };
  return readTable<(typeof entrySchemas)[Part]>(
    entrySchemas[part],
    { ...given, certificate },
    origin,
  );
}

function indexOf(loaded: LoadedConfiguration, part: Part, id: string): number {
  const index = loaded[part].findIndex((entry) => entry.id === id);
  if (index < 0) {
    throw new WorkspaceFault('config-id-unknown', { file: configurationFiles[part], id });
  }
  return index;
}
