import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';

import { incidentLines } from '../../../src/doors/cli/dialogue/incident-file.ts';
import type { AskedIncident } from '../../../src/doors/cli/dialogue/incident-file.ts';

const asked: AskedIncident = {
  id: 'shop-a-2020',
  public_name: 'きつつき "珈琲" \\ 店',
  merchant: 'Kitsutsuki # Coffee = K.K.',
  discovered_at: '2020-04-07T06:00:00.000Z',
  time_zone: 'Asia/Tokyo',
  elements: ['pan', 'expiry'],
  excluded_channels: ['rakuten', '楽天 "本店"'],
  default_recipient: 'psp',
  stage: 'interim',
  windows: [
    { name: 'window-1', from: '2019-12-16', to: '2020-04-08', channels: ['web'] },
    { name: 'window-2', from: '2020-01-01', to: '2020-01-02' },
  ],
};

describe('incidentLines()', () => {
  it('reads back as what was asked, quotes and all', () => {
    const read = parse(incidentLines(asked).join('\n'));
    expect(JSON.parse(JSON.stringify(read))).toEqual(asked);
  });

  it('leaves out what was not answered', () => {
    const read = parse(incidentLines({ ...asked, excluded_channels: [] }).join('\n'));
    expect(Object.keys(read)).not.toContain('excluded_channels');
    expect(Object.keys(read)).not.toContain('case_number');
  });
});
