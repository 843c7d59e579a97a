import { describe, expect, it } from 'vitest';
import { incidentSchema, WINDOWS_MAX } from '../../../src/domain/incident/incident.ts';
import { incidentEntry } from '../../support/incident-entry.ts';

const accepts = (changes: object) =>
  incidentSchema.safeParse({ ...incidentEntry(), ...changes }).success;

const window = { name: 'web', from: '2019-12-16', to: '2020-04-08' };

describe('incidentSchema', () => {
  it('fills in what an incident need not say', () => {
    const short = { ...incidentEntry(), time_zone: undefined, excluded_channels: undefined };
    expect(incidentSchema.parse(short)).toMatchObject({
      time_zone: 'Asia/Tokyo',
      excluded_channels: [],
      routes: [],
      windows: [{ listed_only: false }],
    });
  });

  it.each([
    ['Japanese names', { public_name: '木つつき珈琲', merchant: '株式会社木つつき商会' }],
    ['instants as window ends', { windows: [{ ...window, to: '2020-04-08T17:00:00+09:00' }] }],
    ['a window for every channel', { windows: [window] }],
    ['Japanese channels', { windows: [{ ...window, channels: ['本店'] }] }],
    ['every stage', { stage: 'extension' }],
    ['a discovery in UTC', { discovered_at: '2020-04-07T06:00:00.250Z' }],
  ])('accepts %s', (_what, changes) => {
    expect(accepts(changes)).toBe(true);
  });

  it.each([
    ['an id with capitals', { id: 'Shop-A' }],
    ['an id that is a path', { id: '../shop' }],
    ['an id of one letter', { id: 'a' }],
    ['an empty name', { public_name: '' }],
    ['a name with an escape sequence', { public_name: 'Shop\u001b[31m' }],
    ['a name with a direction override', { public_name: 'Shop\u202Egnp' }],
    ['a name with a line end', { merchant: 'Shop\nK.K.' }],
    ['a discovery without offset', { discovered_at: '2020-04-07T15:00:00' }],
    ['a discovery that is only a day', { discovered_at: '2020-04-07' }],
    ['an invented time zone', { time_zone: 'Asia/Kyoto' }],
    ['an offset as time zone', { time_zone: '+09:00' }],
    ['no element', { elements: [] }],
    ['an unknown element', { elements: ['pan', 'cvv'] }],
    ['an element twice', { elements: ['pan', 'pan'] }],
    ['no window', { windows: [] }],
    ['a window without an end', { windows: [{ name: 'web', from: '2019-12-16' }] }],
    ['a window with an empty channel list', { windows: [{ ...window, channels: [] }] }],
    ['31 February', { windows: [{ ...window, to: '2020-02-31' }] }],
    ['a local time in a window', { windows: [{ ...window, to: '2020-04-08T17:00:00' }] }],
    [
      'more names of windows than a card has bits',
      {
        windows: Array.from({ length: WINDOWS_MAX + 1 }, (_, n) => ({
          ...window,
          name: `web-${String(n)}`,
        })),
      },
    ],
    ['no merchant at all', { merchant: undefined }],
    ['a merchant and a list of them', { merchants: [{ id: 'shop-a', name: 'Shop A' }] }],
    [
      'a card number as merchant number',
      {
        merchant: undefined,
        merchants: [{ id: 'shop-a', name: 'Shop A', number: '4111111111111111' }],
      },
    ],
    ['a country in small letters', { routes: [{ country: 'jp', recipient: 'psp' }] }],
    ['a route without recipient', { routes: [{ brand: 'visa' }] }],
    ['an unknown key', { public_nam: 'x' }],
    ['an unknown stage', { stage: 'last' }],
  ])('refuses %s', (_what, changes) => {
    expect(accepts(changes)).toBe(false);
  });
});
