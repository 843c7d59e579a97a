import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { DeliveryStateFault } from '../../../src/domain/handoff/delivery-state-errors.ts';
import {
  advance,
  deliveryStates,
  deliveryTransitions,
  mayAdvance,
} from '../../../src/domain/handoff/delivery-states.ts';
import type {
  DeliveryEvent,
  DeliveryEventName,
  DeliveryTransition,
} from '../../../src/domain/handoff/delivery-states.ts';

const names = Object.keys(deliveryTransitions) as DeliveryEventName[];

function eventFor(name: DeliveryEventName): DeliveryEvent {
  if (name === 'resolve stored') return { event: 'resolve', outcome: 'stored' };
  if (name === 'resolve not-stored') return { event: 'resolve', outcome: 'not-stored' };
  if (name === 'resolve received') return { event: 'resolve', outcome: 'received' };
  if (name === 'resolve withdrawn') return { event: 'resolve', outcome: 'withdrawn' };
  return { event: name };
}

describe('advance()', () => {
  it('follows the table in every state and for every event', () => {
    for (const name of names) {
      const row: DeliveryTransition = deliveryTransitions[name];
      for (const state of deliveryStates) {
        const isAllowed = row.from.includes(state);
        expect(mayAdvance(state, name)).toBe(isAllowed);
        if (isAllowed) expect(advance(state, eventFor(name))).toBe(row.to);
        else expect(() => advance(state, eventFor(name))).toThrow(DeliveryStateFault);
      }
    }
  });

  it('names state and event when it forbids', () => {
    expect(() => advance('stored', { event: 'retry' })).toThrow(
      expect.objectContaining({
        code: 'state-forbids',
        retry: 'never',
        facts: { state: 'stored', event: 'retry' },
      }),
    );
  });

  it('never leads back to sending once a rename may have been sent', () => {
    for (const state of ['publishing', 'presumed', 'conflict', 'stored'] as const) {
      expect(mayAdvance(state, 'send')).toBe(false);
      expect(mayAdvance(state, 'retry')).toBe(false);
      expect(mayAdvance(state, 'cancel')).toBe(false);
    }
  });

  it('lets a person resolve only what the machine cannot know', () => {
    const resolving = names.filter((candidate) => candidate.startsWith('resolve'));
    const from = resolving.map((name) => [name, deliveryTransitions[name].from]);
    expect(Object.fromEntries(from)).toEqual({
      'resolve stored': ['presumed', 'conflict'],
      'resolve not-stored': ['presumed', 'conflict'],
      'resolve received': ['partly-read'],
      'resolve withdrawn': ['presumed', 'conflict', 'partly-read', 'offered'],
    });
  });

  it('calls nothing read or stored because a part of it was sent', () => {
    const ends = names.filter((name) => mayAdvance('partly-read', name));
    expect(ends).toEqual([
      ...(['read-part', 'read-whole', 'prove-read', 'expire'] as const),
      ...(['resolve received', 'resolve withdrawn'] as const),
    ]);
  });

  it('leads to delivery from no list that others sent', () => {
    expect(names.filter((name) => mayAdvance('claimed', name))).toEqual([
      ...['decline', 'cancel', 'confirm'],
    ]);
    expect(names.filter((name) => mayAdvance('sent-elsewhere', name))).toEqual(['cancel']);
  });

  it('leads from expired only into a box again, or to what was read of it before', () => {
    expect(names.filter((name) => mayAdvance('expired', name))).toEqual(['offer', 'prove-read']);
  });

  it('leads nowhere from stored, written and cancelled', () => {
    for (const state of ['stored', 'written', 'cancelled'] as const) {
      expect(names.filter((name) => mayAdvance(state, name))).toEqual([]);
    }
  });

  it('reaches every state from built and claimed', () => {
    const reached = new Set<string>(['built', 'claimed']);
    for (let round = 0; round < deliveryStates.length; round += 1) {
      for (const row of Object.values<DeliveryTransition>(deliveryTransitions)) {
        if (row.from.some((state) => reached.has(state))) reached.add(row.to);
      }
    }
    expect([...reached].sort()).toEqual([...deliveryStates].sort());
  });
});

describe('docs/states.md', () => {
  it('shows the table of transitions as it is', () => {
    const page = readFileSync(new URL('../../../docs/states.md', import.meta.url), 'utf8');
    const section = page.split(/<!-- (?:end of )?delivery transitions -->/)[1] ?? '';
    const rows = section
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim().replaceAll('`', '')),
      );
    const expected = names.map((name) => {
      const { from, to, by, evidence }: DeliveryTransition = deliveryTransitions[name];
      return [name, from.join(', '), to, by, evidence];
    });
    expect(rows).toEqual(expected);
  });

  it('explains every state', () => {
    const page = readFileSync(new URL('../../../docs/states.md', import.meta.url), 'utf8');
    for (const state of deliveryStates)
      expect(page).toMatch(new RegExp(`^- \\*\\*${state}\\*\\*`, 'm'));
  });
});
