import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { decodePlan, digestOf, encodePlan } from '../../../src/domain/handoff/plan.ts';
import type { Plan, PlannedBatch } from '../../../src/domain/handoff/plan.ts';

const batch: PlannedBatch = {
  batch: 'b-1',
  recipient: 'psp',
  file: 'b-1.pgp',
  bytes: 10,
  sha256: 'a'.repeat(64),
  cards: 3,
  firstReference: 1,
  profile: 'pan-list',
  profileSha256: 'b'.repeat(64),
  certificate: 'A'.repeat(40),
  encryptionSubkey: 'B'.repeat(40),
  endpoint: {
    ...{ kind: 'sftp', host: 'sftp.example', port: 22, user: 'shop', directory: '/in' },
    ...{ authentication: 'key', hostKeys: ['SHA256:x'], canReadBack: true, canList: false },
  },
};

const plan: Plan = {
  type: 'mimamori/plan/v1',
  workspace: 'drill-1',
  mode: 'drill',
  handoff: 'h-1',
  incident: 'shop-a-2020',
  incidentSha256: 'c'.repeat(64),
  requester: 'sato',
  requesterCertificate: 'C'.repeat(40),
  approvalsRequired: 1,
  preparedAt: '2026-11-22T10:00:00.000Z',
  expiresAt: '2026-11-25T10:00:00.000Z',
  sources: [],
  decisions: [{ held: 'date-missing', records: 2 }],
  brandTable: 'd'.repeat(64),
  binTable: 'e'.repeat(64),
  read: 10,
  cards: 3,
  excluded: { luhn: 5 },
  held: { 'no-recipient': 2 },
  batches: [batch],
  signer: 'D'.repeat(40),
  reliedOn: [{ batch: 'b-0', cards: 1 }],
};

describe('encodePlan() and decodePlan()', () => {
  it('are the inverse of each other', () => {
    expect(decodePlan(encodePlan(plan))).toEqual(plan);
  });

  it('give the same bytes whatever the order of members', () => {
    const reversed = Object.fromEntries(Object.entries(plan).toReversed()) as unknown as Plan;
    expect(encodePlan(reversed)).toEqual(encodePlan(plan));
  });

  it('write one line without spaces or line end', () => {
    const text = new TextDecoder().decode(encodePlan(plan));
    expect(text).not.toMatch(/\s/);
    expect(text.startsWith('{"approvalsRequired":1,"batches":[{"batch":"b-1"')).toBe(true);
  });

  it.each([
    ['approvals', { approvalsRequired: 2 }],
    ['expiry', { expiresAt: '2026-11-26T10:00:00.000Z' }],
    ['order of batches', { batches: [{ ...batch, batch: 'b-2' }, batch] }],
    ['endpoint', { batches: [{ ...batch, endpoint: { kind: 'manual', directory: '/in' } }] }],
    ['count', { batches: [{ ...batch, cards: 4 }] }],
    ['relied-on batch', { reliedOn: [] }],
    ['decision', { decisions: [] }],
    ['signer', { signer: 'E'.repeat(40) }],
  ])('tell plans of another %s apart', (_, change) => {
    const other = { ...plan, ...change } as Plan;
    expect(digestOf(encodePlan(other))).not.toBe(digestOf(encodePlan(plan)));
  });
});

describe('digestOf()', () => {
  it('is SHA-256 in lower-case hexadecimal', () => {
    expect(digestOf(new Uint8Array(0))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    const bytes = encodePlan(plan);
    expect(digestOf(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});
