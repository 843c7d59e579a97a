import { hash } from 'node:crypto';

import type { Json } from '../canonical-json.ts';
import type { Act } from './events.ts';
import { fieldsOf } from './events.ts';
import { commitText, saltOf } from './leaf.ts';
import type { Leaf } from './leaf.ts';

/** As SQL gives it: instants in milliseconds, flags as 0 and 1. */
export type ActRowValue = string | number | Uint8Array | null;

/** A row of some table that names the entry of the act by which it came, or was settled. */
export interface ActRow {
  /** The number of the entry. */
  readonly leaf: number;
  readonly values: Readonly<Record<string, ActRowValue>>;
}

/** What a row has to agree in with the entry of one act. */
export interface RowOfAct {
  /** Fields of the entry's `data` by column. */
  readonly repeats?: Readonly<Record<string, string>>;
  /** The same for columns of which the entry names the SHA-256. */
  readonly digests?: Readonly<Record<string, string>>;
  /** The column that holds its actor, and the one that holds its origin. */
  readonly actor?: string;
  readonly origin?: string;
  /** The column that holds when it was: read from the clock beside the entry, so that the two differ a little. */
  readonly at?: string;
  /** Columns that agree with the entry in some other way. */
  readonly agrees?: Readonly<Record<string, (value: ActRowValue, leaf: Leaf) => boolean>>;
  /** Of which entries that were done there is a row, for good; left out: of none for sure. */
  readonly isOwed?: (data: Leaf['data']) => boolean;
}

/** A table whose rows name entries, in the column `leaf`. */
export interface ActTable {
  readonly table: string;
  readonly leaf: string;
  readonly acts: Readonly<Partial<Record<Act, RowOfAct>>>;
}

/** How far the clock may have gone between what a row and what its entry says, milliseconds. */
const AT_APART_MAX = 3_600_000;

/** The columns that are compared. Throws nothing. */
export function columnsOf({ acts }: ActTable): readonly string[] {
  const columns = Object.values(acts).flatMap(({ repeats, digests, agrees, ...row }) => [
    ...Object.keys({ ...repeats, ...digests, ...agrees }),
    ...[row.actor, row.origin, row.at].filter((column) => column !== undefined),
  ]);
  return [...new Set(columns)];
}

/** The first column in which a row does not agree with the entry of its act. Throws nothing. */
export function differingColumn(
  spec: RowOfAct,
  values: ActRow['values'],
  leaf: Leaf,
): string | undefined {
  const { repeats = {}, digests = {}, agrees = {}, actor, origin, at } = spec;
  const value = (column: string): ActRowValue => values[column] ?? null;
  const checks: readonly (readonly [string | undefined, (own: ActRowValue) => boolean])[] = [
    ...Object.entries(repeats).map(
      ([column, field]) => [column, (own: ActRowValue) => isField(own, leaf, field)] as const,
    ),
    ...Object.entries(digests).map(
      ([column, field]) =>
        [column, (own: ActRowValue) => digestOfValue(own) === (leaf.data[field] ?? null)] as const,
    ),
    ...Object.entries(agrees).map(
      ([column, isRight]) => [column, (own: ActRowValue) => isRight(own, leaf)] as const,
    ),
    [actor, (own) => own === leaf.actor],
    [origin, (own) => own === leaf.origin],
    [at, (own) => Math.abs(Number(own) - Date.parse(leaf.at)) <= AT_APART_MAX],
  ];
  return checks.find(([column, holds]) => column !== undefined && !holds(value(column)))?.[0];
}

/** Whether a value is what a field of an entry says, or binds. A field that was left out is NULL. Throws nothing. */
export function isField(value: ActRowValue, leaf: Leaf, field: string): boolean {
  const said: Json | undefined = leaf.data[field];
  if (said === undefined || value === null) return said === undefined && value === null;
  const kind = fieldsOf(leaf.act).get(field)?.kind;
  if (kind === 'instant') return Date.parse(said as string) === value;
  if (kind === 'flag') return Number(said) === value;
  if (kind !== 'commitment') return said === value;
  return (
    typeof value === 'string' && value.isWellFormed() && commitText(saltOf(leaf), value) === said
  );
}

function digestOfValue(value: ActRowValue): string | null {
  return typeof value === 'string' || value instanceof Uint8Array
    ? hash('sha256', value, 'hex')
    : null;
}
