import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { fingerprintOfLine } from '../../../src/domain/recipients/pickup-key.ts';
import type { RefusedLogin } from '../../../src/exchange/pickup/pickup-server.ts';
import { NEWCOMERS_TOLD_MAX, RefusalTally } from '../../../src/exchange/pickup/refusal-tally.ts';
import { otherKeyLine, PickupBox, visitorOf } from '../../support/pickup-box.ts';

const HOUR_MS = 3_600_000;
const at = new Date('2026-11-20T10:00:00Z');
const [psp, amex] = [visitorOf('psp'), visitorOf('amex')];
const unknownKey = fingerprintOfLine(otherKeyLine);

/** A fingerprint that nobody has. */
const keyOf = (number: number): string => `SHA256:${String(number).padStart(43, 'A')}`;

describe('RefusalTally', () => {
  it('tells each of thirty of a kind, then every one that doubles the count, with it', () => {
    const tally = new RefusalTally();
    const told = Array.from({ length: 240 }, () => tally.count('login', { from: '192.0.2.1' }, at));
    expect(told.slice(0, 30).every((each) => each?.attempts === undefined && each)).toBe(true);
    expect(told.filter((each) => each?.attempts)).toEqual([
      { attempts: 60 },
      { attempts: 120 },
      { attempts: 240 },
    ]);
    expect(tally.count('open', { from: '192.0.2.1' }, at)).toEqual({});
    expect(tally.count('login', { from: '192.0.2.1' }, new Date(at.getTime() + HOUR_MS))).toEqual(
      {},
    );
  });

  it('tells of an address and a key behind many others, for so many an hour', () => {
    const tally = new RefusalTally();
    const count = (from: string, key?: string) => tally.count('login', { from, key }, at);
    for (let time = 0; time < 40; time += 1) count('2001:db8::1', keyOf(0));
    expect(count('2001:db8::2', keyOf(0))).toBeUndefined();
    expect(count('192.0.2.1', keyOf(0))).toEqual({ attempts: 42 });
    expect(count('192.0.2.1', keyOf(1))).toEqual({ attempts: 43 });
    expect(count('192.0.2.1', keyOf(1))).toBeUndefined();
    const told = Array.from({ length: 1_000 }, (_, index) =>
      count(`198.51.${index >> 8}.${index & 255}`, keyOf(index)),
    );
    expect(told.filter(Boolean).length).toBeLessThan(2 * NEWCOMERS_TOLD_MAX + 6);
  });
});

describe('PickupDesk.turnedAway()', () => {
  let box: PickupBox;
  beforeEach(async () => {
    box = new PickupBox();
    await box.offer();
  });
  afterEach(() => box.dispose());

  const { from } = psp;
  const kinds: readonly (readonly [RefusedLogin, object])[] = [
    [{ box: 'psp', key: amex.key, from, why: 'key-not-taken' }, { code: 'key-of-other' }],
    [{ box: 'psp', key: unknownKey, from, why: 'key-not-taken' }, { code: 'key-unknown' }],
    [{ box: 'psp', key: psp.key, from, why: 'key-unproven' }, { code: 'key-unproven' }],
    [{ box: 'root', key: psp.key, from, why: 'key-not-taken' }, { code: 'box-unknown' }],
    [{ from, why: 'login-method' }, { code: 'login-method' }],
  ];

  it.each(kinds)('tells whose box, which key and why: %o', async (login, data) => {
    await box.desk().turnedAway(login);
    const leaf = (await box.store.leaves()).at(-1)!;
    expect(leaf).toMatchObject({
      act: 'pickup-refused',
      result: 'refused',
      origin: 'pickup:192.0.2.7',
    });
    const known = login.box === 'psp' ? { box: 'psp' } : {};
    const key = login.key === undefined ? {} : { key: login.key };
    expect(leaf.data).toEqual({ asked: 'login', ...known, ...key, ...data });
    expect(leaf.object).toBe(known.box ? 'box:psp' : `workspace:${box.facts.id}`);
  });

  it('tells of whoever is disabled, at the door and inside', async () => {
    box.configuration.changeRecipient('psp', { state: 'disabled' });
    const desk = box.desk();
    await desk.turnedAway({ ...psp, why: 'key-not-taken' });
    expect(await desk.box(psp)).toEqual([]);
    expect(await box.refusals()).toEqual([
      ['login', 'box-disabled'],
      ['look', 'box-closed'],
    ]);
  });

  it('tells of them while the configuration cannot be read', async () => {
    const load = () => Promise.reject(new Error('gone'));
    const configuration = Object.assign(
      Object.create(box.configuration) as PickupBox['configuration'],
      { load },
    );
    await box.desk({ configuration }).turnedAway({ ...psp, why: 'key-not-taken' });
    expect(await box.refusals()).toEqual([['login', 'key-not-taken']]);
  });

  it('lets no stranger fill the log, whatever names, keys and addresses they come with, and hides no other', async () => {
    const desk = box.desk();
    const before = (await box.store.leaves()).length;
    const more = async (): Promise<number> => (await box.store.leaves()).length - before;
    for (let number = 0; number < 1_000; number += 1) {
      const stranger = { key: keyOf(number), from: `198.51.${number >> 8}.${number & 255}` };
      await desk.turnedAway({ ...stranger, box: `name-${number}`, why: 'key-not-taken' });
    }
    const flood = await more();
    expect(flood).toBeLessThanOrEqual(30 + 2 * NEWCOMERS_TOLD_MAX + 5);
    await desk.turnedAway({ box: 'psp', key: amex.key, from, why: 'key-not-taken' });
    await desk.turnedAway({ box: 'amex', key: unknownKey, from, why: 'key-not-taken' });
    await desk.turnedAway({ from, why: 'login-method' });
    expect((await more()) - flood).toBe(3);
  });
});
