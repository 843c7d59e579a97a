import type { SourceSpec } from './source-spec.ts';

/** Whether a spec maps columns of the persons who ordered. */
export function readsPersons({ columns }: Pick<SourceSpec, 'columns'>): boolean {
  return (columns.name ?? columns.name_kana) !== undefined;
}

/** The same spec without them: then they are not read. */
export function withoutPersons(spec: SourceSpec): SourceSpec {
  const { name: _, name_kana: _kana, postcode: _code, phone: _phone, ...columns } = spec.columns;
  return { ...spec, columns };
}
