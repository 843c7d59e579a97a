import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../src/domain/workspace/settings.ts';

const workspace = { id: 'example-drill', mode: 'drill', organisation: 'Example Shop K.K.' };
const log = { origin: 'example.test/mimamori/example-drill' };
const accepts = (tables: object) => settingsSchema.safeParse({ workspace, log, ...tables }).success;

describe('settingsSchema', () => {
  it('fills in a drill that says only what it must', () => {
    expect(settingsSchema.parse({ workspace, log })).toEqual({
      workspace: { ...workspace, language: 'ja', time_zone: 'Asia/Tokyo' },
      approvals: { required: 1, expires_after_hours: 72, emergency: false, cooling_off_hours: 24 },
      log,
    });
  });

  it('accepts live mode with an anchor', () => {
    expect(
      accepts({
        workspace: { ...workspace, mode: 'live' },
        log: { ...log, anchor: '/srv/anchor' },
      }),
    ).toBe(true);
  });

  it('accepts custodians and cryptoperiods of our own keys', () => {
    const openpgp = { custodian: '決済担当', cryptoperiod_days: 730 };
    expect(accepts({ keys: { openpgp, sftp: {}, log: {}, workspace: {}, keyed_hash: {} } })).toBe(
      true,
    );
  });

  it.each([
    ['live mode without an anchor', { workspace: { ...workspace, mode: 'live' } }],
    ['an unknown mode', { workspace: { ...workspace, mode: 'test' } }],
    ['no organisation', { workspace: { id: 'example', mode: 'drill' } }],
    ['an unknown language', { workspace: { ...workspace, language: 'de' } }],
    ['no approver at all', { approvals: { required: 0 } }],
    ['four approvers', { approvals: { required: 4 } }],
    ['one and a half approvers', { approvals: { required: 1.5 } }],
    ['plans that never expire', { approvals: { expires_after_hours: 0 } }],
    ['an origin with a space', { log: { origin: 'my log' } }],
    ['an origin with a plus', { log: { origin: 'example+1' } }],
    ['an empty anchor', { log: { ...log, anchor: '' } }],
    ['a cryptoperiod of no days', { keys: { openpgp: { cryptoperiod_days: 0 } } }],
    ['a key nobody has', { keys: { fax: {} } }],
    ['an unknown table', { telemetry: {} }],
    ['an unknown key', { approvals: { requires: 1 } }],
  ])('refuses %s', (_what, tables) => {
    expect(accepts(tables)).toBe(false);
  });
});
