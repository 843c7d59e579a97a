import { configurationChanges } from '../../domain/configuration/configuration-changes.ts';
import type { ConfigurationChange } from '../../domain/configuration/configuration-changes.ts';
import type { ConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import { isFault } from '../../domain/fault.ts';
import type { Fault } from '../../domain/fault.ts';
import { FormatsFault } from '../../domain/formats/errors.ts';
import type { Profile } from '../../domain/formats/profile.ts';
import type { AnswerFormat } from '../../domain/responses/answer-format.ts';
import { builtinAnswerFormats } from '../../domain/responses/builtin-answer-formats.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import { encodeBase64 } from '../../domain/tlog/base64.ts';
import { assertRecordedFacts } from '../incident/assert-recorded-facts.ts';
import type { ConfigurationInForce } from './configuration-in-force.ts';
import type { LoadedConfiguration } from './configuration.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/** What the files in `config/` say now, whatever is in force. */
export interface ProposalFiles {
  load(): Promise<LoadedConfiguration>;
  readCertificate(path: string): Promise<Uint8Array>;
  /** The workspace's own profiles, without those that come with the program. */
  profiles(): Promise<readonly Profile[]>;
  /** Its own answer formats, likewise. */
  answers(): Promise<readonly AnswerFormat[]>;
}

export interface ProposalPorts {
  readonly facts: WorkspaceFacts;
  readonly configuration: Pick<ConfigurationInForce, 'inForce'>;
  readonly proposal: ProposalFiles;
}

/**
 * The files as one document that would replace a version. Throws `config-*` for what is wrong with a file,
 * `profile-unknown` for a recipient whose answer format is not there, and what `assertRecordedFacts` throws.
 */
export async function composeConfiguration(
  { facts, proposal }: ProposalPorts,
  replaces: string | undefined,
): Promise<ConfigurationDocument> {
  const loaded = await proposal.load();
  assertRecordedFacts(facts, loaded);
  const { settings, recipients, officers, senders } = loaded;
  const certificates: Record<string, string> = {};
  for (const { certificate } of [...recipients, ...officers, ...senders]) {
    certificates[certificate] = encodeBase64(await proposal.readCertificate(certificate));
  }
  const answers = await proposal.answers();
  assertAnswerFormats(recipients, answers);
  return {
    type: 'mimamori/configuration/v1',
    workspace: facts.id,
    ...(replaces === undefined ? {} : { replaces }),
    ...{ settings, certificates },
    ...{ recipients: [...recipients], officers: [...officers], senders: [...senders] },
    profiles: [...(await proposal.profiles())],
    answers: [...answers],
  };
}

/** Once it is in force, nothing that such a recipient answers could be read. */
function assertAnswerFormats(recipients: readonly Recipient[], own: readonly AnswerFormat[]): void {
  const known = new Set([...own, ...builtinAnswerFormats].map(({ id }) => id));
  for (const { answers } of recipients) {
    if (answers === undefined || known.has(answers.format)) continue;
    throw new FormatsFault('profile-unknown', { profile: answers.format, folder: 'answers' });
  }
}

/** `inForce`: the digest of what counts, undefined before the first approval. */
export interface ConfigurationDifference {
  readonly inForce: string | undefined;
  readonly changes: readonly ConfigurationChange[];
}

/** How the files differ from what is in force; before the first approval everything in them is new. */
export async function configurationDifference(
  ports: ProposalPorts,
): Promise<ConfigurationDifference> {
  const current = await ports.configuration.inForce();
  const document = await composeConfiguration(ports, current?.version.digest);
  return {
    inForce: current?.version.digest,
    changes: configurationChanges(current?.document, document),
  };
}

/**
 * The same for those who only report it: files that cannot be read are a value. Undefined before the first approval,
 * when the files themselves count.
 */
export async function configurationDrift(
  ports: ProposalPorts,
): Promise<{ readonly parts: readonly string[]; readonly fault: Fault | undefined } | undefined> {
  if ((await ports.configuration.inForce()) === undefined) return undefined;
  try {
    const { changes } = await configurationDifference(ports);
    return { parts: [...new Set(changes.map(({ part }) => part))], fault: undefined };
  } catch (error) {
    if (!isFault(error)) throw error;
    return { parts: [], fault: error };
  }
}
