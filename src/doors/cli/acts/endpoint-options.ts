import { resolve } from 'node:path';

import { controlContents } from '../../../domain/recipients/control-file.ts';
import { OFFER_DAYS_MAX } from '../../../domain/recipients/endpoint.ts';
import type { Endpoint } from '../../../domain/recipients/endpoint.ts';
import { weakAlgorithmNames } from '../../../domain/recipients/weak-algorithms.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import type { RecipientRequest } from '../../../exchange/recipients/add-recipient.ts';

/** What `recipient add` and `update` say of one endpoint, as commander hands it over. */
export interface EndpointOptions {
  readonly authentication?: string;
  readonly passwordFile?: string;
  readonly readBack?: boolean;
  readonly list?: boolean;
  readonly rename?: string;
  readonly temporaryName?: string;
  readonly controlFile?: string;
  readonly controlContent?: string;
  readonly controlNewline?: string;
  readonly namePattern?: string;
  readonly nameCase?: string;
  readonly nameLengthMax?: string;
  readonly sequence?: string;
  readonly allowAlgorithm?: readonly string[];
  readonly probeDirectory?: string;
  readonly offerDays?: string;
}

type Entry = RecipientRequest['endpoints'][number];
type SftpEntry = Extract<Entry, { kind: 'sftp' }>;
type NamingEntry = Pick<SftpEntry, 'name_pattern' | 'name_case' | 'name_length_max' | 'sequence'>;

/** Options that only a server has. */
export const serverOptions = [
  'authentication',
  'passwordFile',
  'readBack',
  'list',
  'rename',
  'temporaryName',
  'controlFile',
  'controlContent',
  'controlNewline',
  'allowAlgorithm',
  'probeDirectory',
] as const satisfies readonly (keyof EndpointOptions)[];

/** A word that takes a trait away again. */
const NONE = 'none';

/**
 * The endpoint with what the options say changed, and all else as it was. Whether it fits together is for the schema
 * of the file to say.
 *
 * Throws WorkspaceFault `usage` for a word that is not among those an option takes.
 */
export function withTraits<E extends Entry>(
  endpoint: E,
  options: EndpointOptions,
  reason: string | undefined,
): E {
  const named = { ...endpoint, ...namingTraits(endpoint, options) };
  const { offerDays } = options;
  if (offerDays !== undefined && endpoint.kind !== 'pickup') {
    const expected = 'a recipient that fetches its files, with --pickup-key';
    throw new WorkspaceFault('usage', { option: '--offer-days', expected });
  }
  if (endpoint.kind !== 'sftp') {
    const days = offerDays === NONE ? undefined : offerDaysOf(offerDays);
    return withoutAbsent({ ...named, ...(offerDays === undefined ? {} : { offer_days: days }) });
  }
  return withoutAbsent({ ...named, ...serverTraits(endpoint, options, reason) });
}

function offerDaysOf(said: string | undefined): number | undefined {
  const days = wholeNumber('--offer-days', said);
  if (days === undefined || (days >= 1 && days <= OFFER_DAYS_MAX)) return days;
  const expected = `days from 1 to ${OFFER_DAYS_MAX}, or none`;
  throw new WorkspaceFault('usage', { option: '--offer-days', expected });
}

/** TOML has no "nothing": a trait that was taken away is a key that is not there. */
function withoutAbsent<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as T;
}

function serverTraits(
  endpoint: SftpEntry,
  options: EndpointOptions,
  reason: string | undefined,
): Partial<Record<keyof SftpEntry, unknown>> {
  const { passwordFile, readBack, list, temporaryName, probeDirectory } = options;
  const authentication = oneOf('--authentication', options.authentication, [
    'key',
    'password',
    'key+password',
  ]);
  const rename = oneOf('--rename', options.rename, ['plain', 'none']);
  const needsNoPassword = authentication === 'key' ? { password_file: undefined } : {};
  return {
    ...(authentication === undefined ? {} : { authentication, ...needsNoPassword }),
    ...(passwordFile === undefined ? {} : { password_file: resolve(passwordFile) }),
    ...(readBack === undefined ? {} : { can_read_back: readBack }),
    ...(list === undefined ? {} : { can_list: list }),
    ...(rename === undefined ? {} : { rename }),
    ...(temporaryName === undefined
      ? {}
      : { temporary_name: temporaryName === NONE ? undefined : temporaryName }),
    ...controlTraits(endpoint, options),
    ...algorithmTraits(options.allowAlgorithm, reason),
    ...(probeDirectory === undefined ? {} : { probe_directory: probeDirectory }),
  };
}

function controlTraits(
  { control_file: known }: SftpEntry,
  options: EndpointOptions,
): { control_file?: SftpEntry['control_file'] } {
  const { controlFile } = options;
  if (controlFile === NONE) return { control_file: undefined };
  const content = oneOf('--control-content', options.controlContent, controlContents);
  const newline = oneOf('--control-newline', options.controlNewline, ['lf', 'crlf']);
  if ([controlFile, content, newline].every((given) => given === undefined)) return {};
  const name = controlFile ?? known?.name;
  if (name === undefined) {
    throw new WorkspaceFault('usage', {
      option: '--control-content',
      expected: '--control-file as well, such as --control-file "{stem}.done"',
    });
  }
  return {
    control_file: {
      ...known,
      name,
      ...(content === undefined ? {} : { content }),
      ...(newline === undefined ? {} : { newline }),
    },
  };
}

function algorithmTraits(
  words: readonly string[] | undefined,
  reason: string | undefined,
): { allow_algorithms?: SftpEntry['allow_algorithms'] } {
  if (words === undefined) return {};
  if (words.length === 1 && words[0] === NONE) return { allow_algorithms: undefined };
  if (reason === undefined) {
    throw new WorkspaceFault('usage', {
      option: '--allow-algorithm',
      expected: '--reason as well',
    });
  }
  return {
    allow_algorithms: words.map((word) => ({
      algorithm: oneOf('--allow-algorithm', word, weakAlgorithmNames),
      reason,
    })),
  };
}

function namingTraits(
  endpoint: Entry,
  options: EndpointOptions,
): Partial<Record<keyof NamingEntry, unknown>> {
  const { namePattern, nameLengthMax } = options;
  if (namePattern === NONE) {
    return {
      ...{ name_pattern: undefined, name_case: undefined },
      ...{ name_length_max: undefined, sequence: undefined },
    };
  }
  const nameCase = oneOf('--name-case', options.nameCase, ['upper', 'lower', NONE]);
  return {
    ...(namePattern === undefined ? {} : { name_pattern: namePattern }),
    ...(nameCase === undefined ? {} : { name_case: nameCase === NONE ? undefined : nameCase }),
    ...(nameLengthMax === undefined
      ? {}
      : { name_length_max: wholeNumber('--name-length-max', nameLengthMax) }),
    ...(options.sequence === undefined ? {} : sequenceTraits(endpoint, options.sequence)),
  };
}

/** `start=201,width=6,reset=daily`, each of them only where it differs from what is there. */
function sequenceTraits(
  { sequence: known }: Pick<Endpoint, 'sequence'> | Entry,
  text: string,
): { sequence: unknown } {
  if (text === NONE) return { sequence: undefined };
  const option = '--sequence';
  const expected = 'start=N,width=N,reset=never|daily|yearly, or none';
  const given = text
    .split(',')
    .map((part) => /^(start|width|reset)=([a-z0-9]+)$/.exec(part.trim()));
  if (given.includes(null)) throw new WorkspaceFault('usage', { option, expected });
  const parts = given.map((match) => {
    const [, key, value] = match!;
    return [key!, key === 'reset' ? value! : wholeNumber(option, value!)];
  });
  return { sequence: { ...known, ...(Object.fromEntries(parts) as object) } };
}

function wholeNumber(option: string, text: string): number;
function wholeNumber(option: string, text: string | undefined): number | undefined;
function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[0-9]{1,9}$/.test(text)) {
    throw new WorkspaceFault('usage', { option, expected: 'a whole number' });
  }
  return Number(text);
}

function oneOf<W extends string>(option: string, word: string, words: readonly W[]): W;
function oneOf<W extends string>(
  option: string,
  word: string | undefined,
  words: readonly W[],
): W | undefined;
function oneOf<W extends string>(
  option: string,
  word: string | undefined,
  words: readonly W[],
): W | undefined {
  const known = words.find((candidate) => candidate === word);
  if (word !== undefined && known === undefined) {
    throw new WorkspaceFault('usage', { option, expected: words.join(', ') });
  }
  return known;
}
