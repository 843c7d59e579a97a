import type { Recipient } from '../../../src/domain/recipients/recipient.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { encodeApproval, parseApproval } from '../../../src/domain/handoff/approval.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';
import { plainSignatures, testOfficer } from '../../support/memory-workspace.ts';
import { fingerprintOf, hostKeyOf, sftpEndpoint } from '../../support/recipient-entry.ts';

let desk: ExchangeDesk;
beforeEach(() => {
  desk = new ExchangeDesk();
});
afterEach(() => desk.dispose());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Refused with this code; nothing decided, and only a refusal in the log, if anything. */
async function refused(deciding: Promise<unknown>, handoff: string, code: string): Promise<void> {
  const before = (await desk.acts()).length;
  await expect(deciding).rejects.toMatchObject({ code });
  const acts = await desk.acts(before);
  expect(acts.filter((act) => act !== 'permission-refused')).toEqual([]);
  expect(await desk.handoffs.decisionsOf(handoff)).toEqual([]);
}

describe('decideHandoff() approves', () => {
  it('with a signed statement over plan and review, kept beside the plan', async () => {
    const id = await desk.requested();
    const decided = await desk.decide(id, { reason: 'checked by phone' });
    expect(decided).toEqual({ state: 'approve', approvals: 1, required: 1 });
    const row = await desk.handoffs.get(id);
    const [decision] = await desk.handoffs.decisionsOf(id);
    expect(parseApproval(decision!.statement)).toEqual({
      ...{ type: 'mimamori/approval/v1', workspace: 'drill-1', mode: 'drill', handoff: id },
      ...{ planSha256: row.planSha256, reviewSha256: row.reviewSha256, decision: 'approve' },
      ...{ officer: 'approver-1', reason: 'checked by phone', at: '2026-11-22T10:00:00.000Z' },
    });
    const kept = desk.folder.documents;
    expect(kept.get(`${id}/approve-approver-1.json`)).toEqual(decision!.statement);
    expect(kept.get(`${id}/approve-approver-1.json.sig`)).toEqual(decision!.signature);
  });

  it('with one leaf that binds statement and signature, the reason outside it', async () => {
    const id = await desk.requested();
    await desk.decide(id, { reason: 'checked by phone' });
    const leaf = (await desk.store.leaves()).at(-1)!;
    const [decision] = await desk.handoffs.decisionsOf(id);
    expect(leaf).toMatchObject({ act: 'handoff-approve', actor: 'approver-1', result: 'done' });
    expect(leaf.data).toMatchObject({
      statement: digestOf(decision!.statement),
      signature: digestOf(decision!.signature),
      fingerprint: fingerprintOf(21),
    });
    expect(JSON.stringify(leaf)).not.toContain('phone');
  });

  it('with two approvers where two are required', async () => {
    const { settings } = desk.configuration;
    desk.configuration.settings = {
      ...settings,
      approvals: { ...settings.approvals, required: 2 },
    };
    const id = await desk.requested();
    expect(await desk.decide(id)).toEqual({ state: 'waiting', approvals: 1, required: 2 });
    await expect(desk.decide(id)).rejects.toMatchObject({ code: 'handoff-decided' });
    const second = await desk.decide(id, { officer: 'approver-2' });
    expect(second).toEqual({ state: 'approve', approvals: 2, required: 2 });
  });

  it('counts two approvers of the same moment', async () => {
    const { settings } = desk.configuration;
    desk.configuration.settings = {
      ...settings,
      approvals: { ...settings.approvals, required: 2 },
    };
    const id = await desk.requested();
    const both = ['approver-1', 'approver-2'].map((officer) => desk.decide(id, { officer }));
    const found = (await Promise.all(both)).map(({ state }) => state).sort();
    expect(found).toEqual(['approve', 'waiting']);
  });

  it('goes by the number of approvals in the plan, not by a setting changed since', async () => {
    const { settings } = desk.configuration;
    desk.configuration.settings = {
      ...settings,
      approvals: { ...settings.approvals, required: 2 },
    };
    const id = await desk.requested();
    desk.configuration.settings = settings;
    expect((await desk.decide(id)).state).toBe('waiting');
  });
});

describe('decideHandoff() refuses for who asks', () => {
  it('the requester by id, and records the attempt', async () => {
    const id = await desk.requested();
    desk.configuration.changeOfficer('officer-1', { roles: ['officer', 'approver'] });
    const before = (await desk.acts()).length;
    await refused(desk.decide(id, { officer: 'officer-1' }), id, 'approver-is-requester');
    expect(await desk.acts(before)).toEqual(['permission-refused']);
    expect((await desk.store.leaves()).at(-1)).toMatchObject({
      ...{ actor: 'officer-1', result: 'refused', object: `handoff:${id}` },
      data: { asked: 'approve', code: 'approver-is-requester' },
    });
  });

  it('the requester under another id with the same certificate', async () => {
    const id = await desk.requested();
    const twin = testOfficer('approver-9', 11);
    desk.configuration.officers = [...desk.configuration.officers, twin];
    await refused(desk.decide(id, { officer: 'approver-9' }), id, 'approver-is-requester');
  });

  it('the requester also for a decline', async () => {
    const id = await desk.requested();
    desk.configuration.changeOfficer('officer-1', { roles: ['officer', 'approver'] });
    const request = { officer: 'officer-1', decision: 'decline', reason: 'x' } as const;
    await refused(desk.decide(id, request), id, 'approver-is-requester');
  });

  it.each([
    ['officer-2', 'role-missing'],
    ['nobody', 'officer-unknown'],
    ['no body; drop table', 'officer-unknown'],
    ['4111111111111111', 'officer-unknown'],
  ])('%s with %s, recorded under a name of ours only', async (officer, code) => {
    const id = await desk.requested();
    const before = (await desk.acts()).length;
    await refused(desk.decide(id, { officer }), id, code);
    expect(await desk.acts(before)).toEqual(['permission-refused']);
    const { actor } = (await desk.store.leaves()).at(-1)!;
    expect(actor).toBe(officer === 'officer-2' ? 'officer-2' : 'unknown');
  });

  it('an approver who was disabled', async () => {
    const id = await desk.requested();
    desk.configuration.changeOfficer('approver-1', { state: 'disabled' });
    await refused(desk.decide(id), id, 'officer-disabled');
  });

  it('an approver whose validity ended while they signed', async () => {
    const id = await desk.requested();
    const until = new Date(desk.store.nowMs + 60_000).toISOString();
    desk.configuration.changeOfficer('approver-1', { valid_until: until });
    const { signatures } = desk;
    const slow: typeof signatures = {
      ...signatures,
      signDetached: (...given) => {
        desk.store.nowMs += 61_000;
        return signatures.signDetached(...given);
      },
    };
    Object.assign(desk, { signatures: slow });
    await expect(desk.decide(id)).rejects.toMatchObject({ code: 'officer-disabled' });
    expect((await desk.handoffs.get(id)).state).toBe('undecided');
  });

  it('a key of somebody else', async () => {
    const id = await desk.requested();
    const proof = desk.proof('approver-2');
    await refused(desk.decide(id, { proof }), id, 'signature-not-theirs');
  });

  it('a decline without a reason', async () => {
    const id = await desk.requested();
    await refused(desk.decide(id, { decision: 'decline' }), id, 'reason-required');
    await refused(desk.decide(id, { decision: 'decline', reason: '' }), id, 'reason-required');
  });
});

describe('decideHandoff() refuses for what was prepared', () => {
  it('a handoff that the requester did not sign', async () => {
    await desk.openIncident();
    const { handoff } = await desk.prepare();
    await refused(desk.decide(handoff), handoff, 'request-unsigned');
  });

  it('a request whose signature is not over this plan', async () => {
    const id = await desk.requested();
    const forged = bytes(`${fingerprintOf(11)}:${'0'.repeat(64)}`);
    await desk.store.db.updateTable('handoff').set({ plan_signature: forged }).execute();
    await refused(desk.decide(id), id, 'signature-wrong');
  });

  it('a request by a requester who is no longer there', async () => {
    const id = await desk.requested();
    const { officers } = desk.configuration;
    desk.configuration.officers = officers.filter((officer) => officer.id !== 'officer-1');
    await refused(desk.decide(id), id, 'request-unsigned');
  });

  it('a plan that expired, one millisecond after it did', async () => {
    const id = await desk.requested();
    desk.store.nowMs = Date.parse((await desk.planOf(id)).expiresAt) + 1;
    await refused(desk.decide(id), id, 'plan-expired');
    desk.store.nowMs -= 1;
    expect((await desk.decide(id)).state).toBe('approve');
  });

  interface Changes {
    readonly endpoints?: readonly object[];
    readonly [key: string]: unknown;
  }
  const changesOf: readonly (readonly [string, Changes])[] = [
    ['certificate', { fingerprint: fingerprintOf(99) }],
    ['subkey', { encryption_subkey: fingerprintOf(99) }],
    ['state', { state: 'disabled' }],
    ['host', { endpoints: [{ ...sftpEndpoint, host: 'other.example' }] }],
    ['port', { endpoints: [{ ...sftpEndpoint, port: 2222 }] }],
    ['user', { endpoints: [{ ...sftpEndpoint, user: 'other' }] }],
    ['directory', { endpoints: [{ ...sftpEndpoint, directory: '/elsewhere' }] }],
    ['host key', { endpoints: [{ ...sftpEndpoint, host_keys: [hostKeyOf('x')] }] }],
    [
      'next host key',
      { endpoints: [{ ...sftpEndpoint, host_keys: [hostKeyOf('k'), hostKeyOf('x')] }] },
    ],
    ['kind', { endpoints: [{ kind: 'manual', directory: '/out' }] }],
  ];

  it.each(changesOf)('a recipient whose %s changed since', async (_, changes) => {
    const id = await desk.requested();
    const [psp] = desk.configuration.recipients;
    const endpoints = changes.endpoints?.map((endpoint) => ({ ...psp!.endpoints[0], ...endpoint }));
    desk.configuration.changeRecipient('psp', {
      ...changes,
      ...(endpoints === undefined ? {} : { endpoints }),
    } as Partial<Recipient>);
    await refused(desk.decide(id), id, 'plan-changed');
  });

  it('a recipient that is gone', async () => {
    const id = await desk.requested();
    desk.configuration.recipients = [];
    await refused(desk.decide(id), id, 'plan-changed');
  });

  it("what concerns only the recipient's name is no change", async () => {
    const id = await desk.requested();
    desk.configuration.changeRecipient('psp', { name: 'Another name' });
    expect((await desk.decide(id)).state).toBe('approve');
  });

  it.each([
    ['digest', { sha256: '0'.repeat(64) }],
    ['length', { bytes: 1 }],
    ['file', { file: 'other.pgp' }],
  ])('a batch with another %s than planned', async (_, changes) => {
    const id = await desk.requested();
    await desk.store.db.updateTable('batch').set(changes).execute();
    await refused(desk.decide(id), id, 'plan-changed');
  });

  it('a stored plan that is not the one its digest names', async () => {
    const id = await desk.requested();
    const plan = bytes(JSON.stringify({ ...(await desk.planOf(id)), approvalsRequired: 0 }));
    await desk.store.db.updateTable('handoff').set({ plan }).execute();
    await refused(desk.decide(id), id, 'plan-changed');
  });

  it.each(['failed', 'expired', 'cancelled'])(
    'a plan that relies on a batch which is %s since',
    async (state) => {
      const first = await desk.requested();
      await desk.decide(first);
      desk.cardProcess.cards = { psp: [1, 2, 9] };
      const { handoff } = await desk.prepare();
      await desk.request(handoff);
      expect((await desk.planOf(handoff)).reliedOn).toEqual([{ batch: 'b-1', cards: 2 }]);
      const change = desk.store.db.updateTable('batch').set({ state }).where('id', '=', 'b-1');
      await change.execute();
      await refused(desk.decide(handoff), handoff, 'plan-changed');
    },
  );

  it('nothing of this stands in the way of a decline', async () => {
    const id = await desk.requested();
    desk.configuration.recipients = [];
    desk.store.nowMs += 1e10;
    const decided = await desk.decide(id, { decision: 'decline', reason: 'too late' });
    expect(decided.state).toBe('decline');
    expect((await desk.handoffs.batchesOf(id)).map(({ state }) => state)).toEqual(['cancelled']);
    expect((await desk.acts()).at(-1)).toBe('handoff-decline');
  });

  it.each(['approve', 'decline'] as const)('a second time after %s', async (decision) => {
    const id = await desk.requested();
    await desk.decide(id, { decision, reason: 'x' });
    const again = desk.decide(id, { officer: 'approver-2' });
    await expect(again).rejects.toMatchObject({ code: 'handoff-decided' });
    expect(await desk.handoffs.decisionsOf(id)).toHaveLength(1);
  });

  it('a handoff with nothing to send, and an unknown one', async () => {
    await desk.openIncident();
    desk.cardProcess.cards = {};
    const { handoff } = await desk.prepare();
    await refused(desk.decide(handoff), handoff, 'handoff-decided');
    await expect(desk.decide('h-none')).rejects.toMatchObject({ code: 'handoff-unknown' });
  });
});

describe('decideHandoff() with a signature made elsewhere', () => {
  const name = (id: string): string => `${id}/approve-approver-1.json`;

  /** The statement as written, and a signature over it by the approver. */
  async function signedElsewhere(id: string): Promise<Uint8Array> {
    const written = await desk.decide(id, { proof: undefined });
    expect(written.state).toBe('statement');
    const statement = desk.folder.documents.get(name(id))!;
    const key = { bytes: bytes(fingerprintOf(21)), passphrase: undefined };
    return plainSignatures.signDetached(statement, key);
  }

  const bringBack = (id: string, signature: Uint8Array): Promise<unknown> =>
    desk.decide(id, { proof: { by: 'signature', signature } });

  it('writes the statement and decides nothing yet', async () => {
    const id = await desk.requested();
    const before = (await desk.acts()).length;
    const path = `/workspace/data/handoffs/${name(id)}`;
    expect(await desk.decide(id, { proof: undefined })).toEqual({
      ...{ state: 'statement', path, signaturePath: `${path}.sig` },
    });
    expect(await desk.acts(before)).toEqual([]);
    expect((await desk.handoffs.get(id)).state).toBe('undecided');
  });

  it('takes the signature over exactly those bytes, hours later', async () => {
    const id = await desk.requested();
    const signature = await signedElsewhere(id);
    const statement = desk.folder.documents.get(name(id))!;
    desk.store.nowMs += 7_200_000;
    expect(await bringBack(id, signature)).toMatchObject({ state: 'approve' });
    const [decision] = await desk.handoffs.decisionsOf(id);
    expect(decision!.statement).toEqual(statement);
  });

  it('refuses a signature when no statement was written', async () => {
    const id = await desk.requested();
    await refused(bringBack(id, bytes('x')), id, 'statement-missing');
  });

  it.each([
    ['handoff', { handoff: 'h-other' }],
    ['plan', { planSha256: '0'.repeat(64) }],
    ['review', { reviewSha256: '0'.repeat(64) }],
    ['workspace', { workspace: 'other' }],
    ['mode', { mode: 'live' }],
    ['officer', { officer: 'approver-2' }],
    ['decision', { decision: 'decline' }],
  ] as const)('refuses a statement about another %s', async (_, change) => {
    const id = await desk.requested();
    await signedElsewhere(id);
    const changed = { ...parseApproval(desk.folder.documents.get(name(id))!), ...change };
    const statement = encodeApproval(changed);
    desk.folder.documents.set(name(id), statement);
    const signature = bytes(`${fingerprintOf(21)}:${digestOf(statement)}`);
    await refused(bringBack(id, signature), id, 'statement-other-plan');
  });

  it('refuses a statement that is not in its canonical form', async () => {
    const id = await desk.requested();
    await signedElsewhere(id);
    const statement = new Uint8Array([...desk.folder.documents.get(name(id))!, 0x0a]);
    desk.folder.documents.set(name(id), statement);
    const signature = bytes(`${fingerprintOf(21)}:${digestOf(statement)}`);
    await refused(bringBack(id, signature), id, 'statement-invalid');
  });

  it.each([
    ['over other bytes', `${fingerprintOf(21)}:${'0'.repeat(64)}`, 'signature-wrong'],
    ['by somebody else', `${fingerprintOf(22)}:${'0'.repeat(64)}`, 'signature-not-theirs'],
    ['that is none', 'hello', 'signature-malformed'],
  ])('refuses a signature %s', async (_, signature, code) => {
    const id = await desk.requested();
    await signedElsewhere(id);
    await refused(bringBack(id, bytes(signature)), id, code);
  });
});
