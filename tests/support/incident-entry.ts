import type { IncidentEntry } from '../../src/domain/incident/incident.ts';

/** A correct incident; each test changes what it is about. */
export function incidentEntry(changes: Partial<IncidentEntry> = {}): IncidentEntry {
  return {
    id: 'shop-a-2020',
    public_name: 'Example Shop',
    merchant: 'Example Shop K.K.',
    discovered_at: '2020-04-07T15:00:00+09:00',
    time_zone: 'Asia/Tokyo',
    elements: ['pan', 'expiry'],
    excluded_channels: ['rakuten'],
    default_recipient: 'psp',
    windows: [{ name: 'web', channels: ['web'], from: '2019-12-16', to: '2020-04-08' }],
    ...changes,
  };
}
