import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CardProcessFault } from '../../../src/cde/errors.ts';
import type { PrepareReceiver } from '../../../src/exchange/handoff/card-process.ts';
import {
  removeUnknownFiles,
  sweepAbandoned,
} from '../../../src/exchange/handoff/sweep-abandoned.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';

let desk: ExchangeDesk;
beforeEach(async () => {
  desk = new ExchangeDesk();
  await desk.openIncident();
});
afterEach(() => desk.dispose());

/** What a process leaves that is killed just before its last transaction. */
async function die(id = 'h-dead'): Promise<void> {
  const batches = [{ id: `b-${id}`, cards: [1, 2] }];
  await desk.store.begin(id);
  await desk.store.addPages({ id, batches });
  desk.folder.sealed.set(`test-b-${id}.pgp`, new Uint8Array(1));
  await desk.folder.putDocument(id, 'plan.json', new Uint8Array(1));
}

const leaseMs = 600_001;

describe('sweepAbandoned()', () => {
  it('clears rows, pages, documents and files of a dead prepare', async () => {
    await die();
    desk.store.nowMs += leaseMs;
    await sweepAbandoned(desk);
    expect(await desk.handoffs.isPreparing()).toBe(false);
    expect(desk.folder.sealed.size).toBe(0);
    expect(desk.folder.documents.size).toBe(0);
    for (const table of ['card_page', 'hash_page', 'finding_page'] as const) {
      expect(await desk.store.db.selectFrom(table).selectAll().execute()).toEqual([]);
    }
  });

  it('leaves a prepare alone whose lease still runs', async () => {
    await die();
    desk.store.nowMs += leaseMs - 2;
    await sweepAbandoned(desk);
    expect(await desk.handoffs.isPreparing()).toBe(true);
    expect(desk.folder.sealed.size).toBe(1);
    expect(desk.folder.documents.size).toBe(1);
  });

  it('leaves what a finished handoff needs', async () => {
    await desk.prepare();
    const [sealed, documents] = [desk.folder.sealed.size, desk.folder.documents.size];
    desk.store.nowMs += leaseMs;
    await sweepAbandoned(desk);
    expect([desk.folder.sealed.size, desk.folder.documents.size]).toEqual([sealed, documents]);
  });

  it('clears a file that no row ever named', async () => {
    desk.folder.sealed.set('.test-b-1.pgp.tmp', new Uint8Array(1));
    await sweepAbandoned(desk);
    expect(desk.folder.sealed.size).toBe(0);
  });

  it('comes with the next prepare, which then goes through', async () => {
    await die();
    await expect(desk.prepare()).rejects.toMatchObject({ code: 'handoff-undecided' });
    desk.store.nowMs += leaseMs;
    const { result } = await desk.prepare();
    expect(result.cards).toBe(3);
    expect([...desk.folder.sealed.keys()]).toEqual(result.batches.map(({ file }) => file));
  });

  it('does not take the file of a prepare that finishes in between', async () => {
    const files = desk.folder.outboxFiles.bind(desk.folder);
    // The other process commits between our look at the folder and our look at the rows.
    desk.folder.outboxFiles = async () => {
      const seen = await files();
      desk.folder.outboxFiles = files;
      await desk.prepare();
      return seen;
    };
    desk.folder.sealed.set('left.pgp', new Uint8Array(1));
    await removeUnknownFiles(desk);
    expect([...desk.folder.sealed.keys()]).toEqual(['test-b-1.pgp']);
  });

  it('does not take the file of a prepare that begins in between', async () => {
    const known = desk.handoffs.knownFiles.bind(desk.handoffs);
    Object.assign(desk.handoffs, {
      knownFiles: async () => {
        const rows = await known();
        await desk.store.begin('h-new');
        desk.folder.sealed.set('test-new.pgp', new Uint8Array(1));
        return rows;
      },
    });
    await removeUnknownFiles(desk);
    expect([...desk.folder.sealed.keys()]).toEqual(['test-new.pgp']);
  });
});

describe('PrepareStore', () => {
  it('renews its lease while the process works', async () => {
    desk.cardProcess.during = async (receive) => {
      for (let minute = 0; minute < 30; minute += 1) {
        desk.store.nowMs += 60_000;
        receive.progress('reading', minute, 30, minute);
      }
      await receive.findings(new Uint8Array(8));
      expect(await desk.handoffs.abandoned(desk.clock.now())).toEqual([]);
    };
    expect((await desk.prepare()).result.cards).toBe(3);
  });

  it('stops a prepare that was swept, and leaves nothing of it', async () => {
    desk.cardProcess.during = async () => {
      desk.store.nowMs += leaseMs;
      await sweepAbandoned(desk);
    };
    await expect(desk.prepare()).rejects.toThrow();
    expect(await desk.handoffs.list()).toEqual([]);
    expect(desk.folder.sealed.size).toBe(0);
    expect(desk.folder.documents.size).toBe(0);
  });

  it('reports a renewal that failed with the next page, not as an error nobody catches', async () => {
    desk.cardProcess.during = async (receive: PrepareReceiver) => {
      const renew = desk.handoffs.renew.bind(desk.handoffs);
      Object.assign(desk.handoffs, {
        renew: () => Promise.reject(new CardProcessFault('interrupted')),
      });
      desk.store.nowMs += 60_000;
      receive.progress('reading', 1, 1, 1);
      await new Promise((resolve) => setTimeout(resolve, 10));
      Object.assign(desk.handoffs, { renew });
    };
    await expect(desk.prepare()).rejects.toMatchObject({ code: 'interrupted' });
    expect(await desk.handoffs.isPreparing()).toBe(false);
  });
});
