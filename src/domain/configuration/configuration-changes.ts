import { digestOf } from '../handoff/plan.ts';
import type { ConfigurationDocument } from './configuration-document.ts';

export const configurationParts = [
  'settings',
  'recipients',
  'officers',
  'senders',
  'profiles',
  'answers',
] as const;

export type ConfigurationPart = (typeof configurationParts)[number];

/** One field of one entry. Values as people read them; absent where the entry or the key is not there. */
export interface ConfigurationChange {
  readonly part: ConfigurationPart;
  /** Of the entry; '' for settings. */
  readonly id: string;
  readonly entry: 'added' | 'removed' | 'changed';
  /** `endpoints[1].host`, `approvals.required`. */
  readonly field: string;
  readonly before?: string;
  readonly after?: string;
  /** Whether it touches a certificate, an endpoint, a pin, an officer or the policy. */
  readonly isGuarded: boolean;
}

type Fields = ReadonlyMap<string, string>;

/**
 * How one configuration differs from another, field by field, in the order of parts, ids and fields. From nothing, all
 * of it is added.
 */
export function configurationChanges(
  before: ConfigurationDocument | undefined,
  after: ConfigurationDocument,
): ConfigurationChange[] {
  return configurationParts.flatMap((part) => {
    const old = before === undefined ? new Map<string, Fields>() : entriesOf(before, part);
    const now = entriesOf(after, part);
    const ids = [...new Set([...old.keys(), ...now.keys()])].sort();
    return ids.flatMap((id) => entryChanges(part, id, old.get(id), now.get(id)));
  });
}

function entryChanges(
  part: ConfigurationPart,
  id: string,
  before: Fields | undefined,
  after: Fields | undefined,
): ConfigurationChange[] {
  const entry = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const fields = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].sort();
  return fields.flatMap((field): ConfigurationChange[] => {
    const [old, now] = [before?.get(field), after?.get(field)];
    if (old === now) return [];
    return [
      {
        ...{ part, id, entry, field },
        ...(old === undefined ? {} : { before: old }),
        ...(now === undefined ? {} : { after: now }),
        isGuarded: entry !== 'changed' ? part !== 'profiles' : isGuarded(part, field, now),
      },
    ];
  });
}

const harmless: Readonly<Record<ConfigurationPart, readonly string[]>> = {
  settings: ['organisation', 'language', 'time_zone', 'contact'].map((key) => `workspace.${key}`),
  recipients: ['name', 'profile', 'layout', 'lists'],
  officers: [],
  senders: ['name'],
  profiles: [],
  answers: [],
};

/** Whatever is not known to be harmless is not. To stop using a recipient or sender is safe at any time. */
function isGuarded(part: ConfigurationPart, field: string, after: string | undefined): boolean {
  if (part === 'profiles' || harmless[part].includes(field)) return false;
  return !(part !== 'officers' && field === 'state' && after === 'disabled');
}

function entriesOf(
  document: ConfigurationDocument,
  part: ConfigurationPart,
): ReadonlyMap<string, Fields> {
  if (part === 'settings') return new Map([['', fieldsOf(document.settings)]]);
  return new Map(
    document[part].map((entry) => {
      const stored = 'certificate' in entry ? document.certificates[entry.certificate] : undefined;
      const bytes = stored === undefined ? {} : { certificate_sha256: digestOfText(stored) };
      return [entry.id, fieldsOf({ ...entry, ...bytes })];
    }),
  );
}

function digestOfText(text: string): string {
  return digestOf(new TextEncoder().encode(text));
}

/** Every value of a table by its path; a list of plain values is one value. */
function fieldsOf(value: object): Fields {
  const fields = new Map<string, string>();
  collect('', value, fields);
  fields.delete('id');
  return fields;
}

function collect(path: string, value: unknown, into: Map<string, string>): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null) {
    into.set(path, `${value as string | number | boolean}`);
    return;
  }
  if (Array.isArray(value)) {
    const isPlain = value.every((item) => typeof item !== 'object');
    if (isPlain) into.set(path, value.join(', '));
    else for (const [at, item] of value.entries()) collect(`${path}[${at + 1}]`, item, into);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    collect(path === '' ? key : `${path}.${key}`, item, into);
  }
}
