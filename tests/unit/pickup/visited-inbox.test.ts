import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ServeLine } from '../../../src/edge/pickup-server/serve-line.ts';
import { VisitedInbox } from '../../../src/edge/pickup-server/visited-inbox.ts';
import type { Asked, FromServer } from '../../../src/edge/pickup-server/wire.ts';

const visitor = { box: 'psp', key: 'SHA256:x', from: '127.0.0.1' };
const WRITE_CREATE = 0x0a;
const longerThanAnybodyWaits = 60_000;

let asked: { readonly id: number; readonly asked: Asked }[];
let line: ServeLine;
beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  line = new ServeLine((message: FromServer) => {
    if (message.kind === 'ask') asked.push(message);
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const whats = (): string[] => asked.map((each) => each.asked.what);

describe('VisitedInbox', () => {
  it('drops what `serve` began when nobody waited for it any more', async () => {
    const inbox = new VisitedInbox(line, visitor);
    const creating = expect(inbox.create('inbox/a.pgp', WRITE_CREATE)).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(longerThanAnybodyWaits);
    await creating;
    expect(whats()).toEqual(['bring']);
    line.receive({ kind: 'answer', id: asked[0]!.id, value: 7 });
    expect(asked.map((each) => each.asked).slice(1)).toEqual([
      { what: 'dropped', visitor, upload: 7 },
    ]);
    line.receive({ kind: 'answer', id: asked[0]!.id, value: 7 });
    expect(whats()).toEqual(['bring', 'dropped']);
  });

  it('has nothing to drop where `serve` refused late, or answered in time', async () => {
    const inbox = new VisitedInbox(line, visitor);
    const late = expect(inbox.create('inbox/a.pgp', WRITE_CREATE)).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(longerThanAnybodyWaits);
    await late;
    line.receive({ kind: 'answer', id: asked[0]!.id });
    const creating = inbox.create('inbox/b.pgp', WRITE_CREATE);
    line.receive({ kind: 'answer', id: asked[1]!.id, value: 8 });
    await expect(creating).resolves.toBeGreaterThan(0);
    await vi.advanceTimersByTimeAsync(longerThanAnybodyWaits);
    expect(whats()).toEqual(['bring', 'bring']);
  });
});
