import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { freePort } from '../support/sshd.ts';
import { Kit } from '../support/workspace-kit.ts';

const rng = seededRandom(69);
const hours = (count: number): string[] => ['faketime', '-f', `+${count}h`];
const faketime = { FAKETIME_DONT_FAKE_MONOTONIC: '1' };

let kit: Kit;
let lists = 0;

beforeAll(async () => {
  kit = await Kit.create();
  await kit.openIncident('shop-a-2020');
});

afterAll(() => kit.dispose());

/** A new list of cards, prepared and approved. */
async function approved(): Promise<Document> {
  const file = kit.put(`list-${lists++}.csv`, plainList(someCards(rng, 20)));
  const prepared = await kit.done(kit.prepare('shop-a-2020', [file]));
  await kit.approve(prepared.handoff);
  return prepared;
}

function fileFor(prepared: Document, recipient: string): string {
  return prepared.batches.find((batch: Document) => batch.recipient === recipient).file;
}

async function delivered(prepared: Document, options = {}): Promise<Document> {
  const { status, document } = await kit.json(kit.deliver(prepared.handoff), options);
  const reports = Object.fromEntries(
    document.reports.map(({ recipient, state, code }: Document) => [recipient, [state, code]]),
  );
  return { status, ...reports };
}

function updatePsp(...options: readonly string[]): Promise<Document> {
  return kit.done(['--as', 'officer-1', 'recipient', 'update', 'psp', ...options]);
}

function settle(...command: string[]): Promise<Document> {
  return kit.done(['--as', 'officer-1', '--reason', 'psp was asked', 'handoff', ...command]);
}

describe('handoff deliver', () => {
  it('stops at a changed host key before any login: 76; the other batch goes on', async () => {
    const { user, host, port, directory } = kit.sshd;
    const other = `SHA256:${'A'.repeat(43)}`;
    await updatePsp('--sftp', `${user}@${host}:${port}${directory}`, '--host-key', other);
    const prepared = await approved();
    const logins = kit.sshd.log().split('Accepted').length;
    expect(await delivered(prepared)).toEqual({
      ...{ status: 76, psp: ['failed', 'host-key-changed'], amex: ['written', undefined] },
    });
    expect(kit.sshd.log().split('Accepted')).toHaveLength(logins);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is refused when the recipient was changed after the approval: 77', async () => {
    const prepared = await approved();
    await updatePsp(...kit.endpointOf(kit.sshd));
    expect(await kit.refused(kit.deliver(prepared.handoff))).toEqual({
      ...{ status: 77, code: 'plan-changed' },
    });
    expect(readdirSync(kit.amexFolder)).not.toContain(fileFor(prepared, 'amex'));
    await settle('cancel', prepared.handoff);
  });

  it('reports a directory that is not there: 69', async () => {
    await updatePsp(...kit.endpointOf(kit.sshd, `${kit.sshd.directory}/elsewhere`));
    expect(await delivered(await approved())).toMatchObject({
      ...{ status: 69, psp: ['failed', 'remote-directory-missing'] },
    });
  });

  it('reports a server that lets us only read: 69', async () => {
    const server = await kit.startServer({ config: ['ForceCommand internal-sftp -R'] });
    await updatePsp(...kit.endpointOf(server));
    expect(await delivered(await approved())).toMatchObject({
      ...{ status: 69, psp: ['failed', 'remote-read-only'] },
    });
    await updatePsp(...kit.endpointOf(kit.sshd));
  });

  it('leaves a stranger under its name alone: 73; resolve and retry bring the file there', async () => {
    const prepared = await approved();
    const name = fileFor(prepared, 'psp');
    const place = join(kit.sshd.directory, name);
    writeFileSync(place, 'of somebody else');
    expect(await delivered(prepared)).toMatchObject({
      status: 73,
      psp: ['conflict', 'target-taken'],
    });
    expect(readFileSync(place, 'utf8')).toBe('of somebody else');
    const { batch } = prepared.batches.find(({ recipient }: Document) => recipient === 'psp');
    const retry = ['--as', 'officer-1', '--reason', 'now', 'handoff', 'retry', batch];
    expect(await kit.refused(retry)).toEqual({ status: 77, code: 'state-forbids' });
    expect((await settle('resolve', batch, '--outcome', 'not-stored')).state).toBe('failed');
    expect((await settle('retry', batch)).state).toBe('approved');
    rmSync(place);
    expect(await delivered(prepared)).toMatchObject({ status: 0, psp: ['stored', undefined] });
    const sealed = new Uint8Array(readFileSync(place));
    expect((await kit.psp.gpg.decrypt(sealed)).exitStatus).toBe(0);
  });

  it('publishes nothing of a sealed file that was altered or cut in the outbox: 74', async () => {
    for (const spoil of [altered, cutOff]) {
      const prepared = await approved();
      const place = join(kit.workspace, 'data/outbox', fileFor(prepared, 'psp'));
      writeFileSync(place, spoil(readFileSync(place)));
      expect(await delivered(prepared)).toMatchObject({
        ...{ status: 74, psp: ['failed', 'sealed-file-differs'], amex: ['written', undefined] },
      });
      expect(readdirSync(kit.sshd.directory)).not.toContain(fileFor(prepared, 'psp'));
    }
  });

  it('ends with 130 on Ctrl-C while a server does not answer, and can be run again', async () => {
    const nobody = { ...kit.sshd, port: await freePort() };
    await updatePsp(...kit.endpointOf(nobody));
    const prepared = await approved();
    const running = kit.desk.start([
      '--workspace',
      kit.workspace,
      ...kit.deliver(prepared.handoff),
    ]);
    await untilSending(prepared.handoff);
    process.kill(-running.pid, 'SIGINT');
    expect((await running.ended).status).toBe(130);
    const { batches } = await kit.done(['handoff', 'show', prepared.handoff]);
    expect(batches.map(({ state }: Document) => state).sort()).toEqual(['sending', 'written']);
    await updatePsp(...kit.endpointOf(kit.sshd));
  });
});

describe('handoff deliver, days later', () => {
  it('expires the batch whose certificate ended, sends the other, and says so: 75', async () => {
    const shortLived = await kit.keyholder('short', 'gpg', { kind: 'ed25519', expires: '2d' });
    await updatePsp(
      ...['--certificate', shortLived.certificate, '--fingerprint', shortLived.fingerprint],
      ...['--confirmed-by', 'by phone'],
    );
    const prepared = await approved();
    expect(await delivered(prepared, { under: hours(60), env: faketime })).toEqual({
      status: 75,
      psp: ['expired', 'certificate-no-longer-good'],
      amex: ['written', undefined],
    });
    expect(readdirSync(kit.sshd.directory)).not.toContain(fileFor(prepared, 'psp'));
  });

  it('prepare refuses a certificate that has ended: 75', async () => {
    const file = kit.put('late.csv', plainList(someCards(rng, 4)));
    const args = kit.prepare('shop-a-2020', [file]);
    expect(await kit.refused(args, { under: hours(60), env: faketime })).toEqual({
      ...{ status: 75, code: 'certificate-expired' },
    });
    await updatePsp(
      ...['--certificate', kit.psp.certificate, '--fingerprint', kit.psp.fingerprint],
      ...['--confirmed-by', 'by phone'],
    );
  });

  it('is refused once the plan has expired: 77', async () => {
    const prepared = await approved();
    const late = { under: hours(80), env: faketime };
    expect(await kit.refused(kit.deliver(prepared.handoff), late)).toEqual({
      ...{ status: 77, code: 'plan-expired' },
    });
  });

  it('status counts what needs a person, and audit verify holds', async () => {
    const { attention, ready } = await kit.done(['status']);
    const states = attention.map(({ state }: Document) => state);
    expect(new Set(states)).toEqual(new Set(['failed', 'sending', 'expired']));
    expect(ready).toHaveLength(2);
    expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
  });
});

async function untilSending(handoff: string): Promise<void> {
  for (;;) {
    const { batches } = await kit.done(['handoff', 'show', handoff]);
    const states = batches.map(({ state }: Document) => state);
    if (states.includes('sending') && states.includes('written')) return;
    await pause(100);
  }
}

function altered(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length >> 1]! ^= 1;
  return copy;
}

function cutOff(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length - 1);
}
