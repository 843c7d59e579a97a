import { describe, expect, it } from 'vitest';
import { assertIncident } from '../../../src/domain/incident/assert-incident.ts';
import { incidentSchema, type IncidentEntry } from '../../../src/domain/incident/incident.ts';
import { incidentEntry } from '../../support/incident-entry.ts';

const check = (changes: Partial<IncidentEntry>) => {
  assertIncident(incidentSchema.parse(incidentEntry(changes)));
};

const web = { name: 'web', channels: ['web'], from: '2019-12-16', to: '2020-04-08' };

describe('assertIncident()', () => {
  it('accepts windows that overlap', () => {
    check({ windows: [web, { ...web, name: 'orders', from: '2010-08-20' }] });
  });

  it('accepts a window of one day', () => {
    check({ windows: [{ ...web, from: '2020-04-08' }] });
  });

  it('refuses a window that ends before it begins', () => {
    expect(() => {
      check({ windows: [{ ...web, from: '2020-04-09' }] });
    }).toThrow(expect.objectContaining({ code: 'window-reversed' }));
  });

  it('refuses two windows of one name', () => {
    expect(() => {
      check({ windows: [web, web] });
    }).toThrow(expect.objectContaining({ code: 'window-name-repeated' }));
  });

  it('refuses a channel that is in a window and excluded', () => {
    expect(() => {
      check({ excluded_channels: ['rakuten', 'web'] });
    }).toThrow(
      expect.objectContaining({
        code: 'channel-contradiction',
        facts: { channel: 'web', window: 'web' },
      }),
    );
  });

  it('refuses a route without condition and says which', () => {
    expect(() => {
      check({ routes: [{ brand: 'jcb', recipient: 'psp' }, { recipient: 'amex' }] });
    }).toThrow(expect.objectContaining({ code: 'route-without-condition', facts: { route: 2 } }));
  });
});
