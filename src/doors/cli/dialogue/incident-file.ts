import type { IncidentEntry } from '../../../domain/incident/incident.ts';

/** What the dialogue asks for; the file may be given more by hand before `incident amend` reads it. */
export type AskedIncident = Pick<
  IncidentEntry,
  | 'id'
  | 'public_name'
  | 'merchant'
  | 'case_number'
  | 'discovered_at'
  | 'time_zone'
  | 'elements'
  | 'excluded_channels'
  | 'default_recipient'
  | 'stage'
  | 'windows'
>;

/** The lines of an incident's file (docs/formats/incident.md). */
export function incidentLines(incident: AskedIncident): string[] {
  const { windows, discovered_at: discoveredAt, elements, excluded_channels: excluded } = incident;
  return [
    ...keyText('id', incident.id),
    ...keyText('public_name', incident.public_name),
    ...keyText('merchant', incident.merchant),
    ...keyText('case_number', incident.case_number),
    `discovered_at = ${discoveredAt}`,
    ...keyText('time_zone', incident.time_zone),
    ...keyList('elements', elements),
    ...keyList('excluded_channels', excluded),
    ...keyText('default_recipient', incident.default_recipient),
    ...keyText('stage', incident.stage),
    ...windows.flatMap(({ name, channels, from, to }) => [
      '',
      '[[windows]]',
      ...keyText('name', name),
      ...keyList('channels', channels),
      `from = ${from}`,
      `to = ${to}`,
    ]),
  ];
}

function keyText(key: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${key} = ${tomlText(value)}`];
}

function keyList(key: string, values: readonly string[] | undefined): string[] {
  if (values === undefined || values.length === 0) return [];
  return [`${key} = [${values.map(tomlText).join(', ')}]`];
}

/** A JSON string is a basic string of TOML: its escapes are among TOML's (toml.io v1.0.0, String). */
function tomlText(value: string): string {
  return JSON.stringify(value);
}
