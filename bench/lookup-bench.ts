// node bench/lookup-bench.ts [--cards 10000000 --handoffs 500 --incidents 20 --lookups 2000]
//
// Finds cards by their keyed hashes in a store of many handoffs. "cold" is right after the database was opened, by a
// process that has none of it in memory of its own; "warm" comes after as many look-ups. The kernel's own copy of the
// file stays, unless the machine is short of memory.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { KEYED_HASH_BYTES } from '../src/domain/cards/keyed-hash.ts';
import { SqliteHandoffRegister } from '../src/edge/sqlite/handoff-register.ts';
import { openDatabase } from '../src/edge/sqlite/open-database.ts';
import { StoredCards } from './stored-cards.ts';

/** Milliseconds. */
export interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface LookupFigures {
  readonly cards: number;
  /** Nanoseconds of processor time to store one card. */
  readonly storingNs: number;
  readonly mebibytes: number;
  readonly cold: Spread;
  readonly hits: Spread;
  readonly misses: Spread;
}

export interface LookupPlan {
  readonly cards: number;
  readonly handoffs: number;
  readonly incidents: number;
  readonly lookups: number;
}

interface Asked {
  readonly incident: string;
  readonly hash: Uint8Array;
}

/** Builds a store in a folder that is removed afterwards, and asks it for cards that are in it and for some that are not. */
export async function lookupBench(plan: LookupPlan): Promise<LookupFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'mm-lookup-'));
  const path = join(folder, 'bench.db');
  try {
    const { asked, storingNs } = await fill(path, plan);
    const missing = asked.map(({ incident, hash }) => ({ incident, hash: changed(hash) }));
    const half = asked.length / 2;
    return {
      ...{ cards: plan.cards, storingNs, mebibytes: statSync(path).size / 2 ** 20 },
      cold: await ask(path, asked.slice(0, half), [], 1),
      hits: await ask(path, asked.slice(half), asked.slice(0, half), 1),
      misses: await ask(path, missing.slice(half), asked.slice(0, half), 0),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(
  path: string,
  plan: LookupPlan,
): Promise<{ asked: Asked[]; storingNs: number }> {
  const opened = openDatabase(path, { create: true });
  const store = new StoredCards(opened);
  const cards = Math.floor(plan.cards / plan.handoffs);
  const asked: Asked[] = [];
  try {
    for (let number = 0; number < plan.incidents; number++) await store.openIncident(`i-${number}`);
    for (let number = 0; number < plan.handoffs; number++) {
      const incident = `i-${number % plan.incidents}`;
      const hashes = await store.addHandoff(`h-${number}`, incident, cards);
      const wanted = Math.ceil((2 * plan.lookups) / plan.handoffs);
      for (let of = 0; of < wanted; of++) {
        const place = Math.floor(((of + 0.5) * cards) / wanted);
        const hash = hashes.slice(place * KEYED_HASH_BYTES, (place + 1) * KEYED_HASH_BYTES);
        asked.push({ incident, hash });
      }
    }
  } finally {
    await opened.close();
  }
  return { asked: shuffled(asked), storingNs: (store.storingSeconds / store.cards) * 1e9 };
}

/** `before`: asked first, untimed. Every card must be found in as many batches as `expected`. */
async function ask(
  path: string,
  asked: readonly Asked[],
  before: readonly Asked[],
  expected: number,
): Promise<Spread> {
  const opened = openDatabase(path, { create: false });
  try {
    const handoffs = new SqliteHandoffRegister(opened.db, { now: () => new Date(0) });
    for (const { incident, hash } of before) await handoffs.findCard(incident, hash);
    const took: number[] = [];
    for (const { incident, hash } of asked) {
      const began = performance.now();
      const found = await handoffs.findCard(incident, hash);
      took.push(performance.now() - began);
      if (found.length !== expected) throw new Error(`found in ${found.length} batches`);
    }
    took.sort((a, b) => a - b);
    const part = (of: number): number =>
      took[Math.min(took.length - 1, Math.floor(took.length * of))]!;
    return { p50: part(0.5), p99: part(0.99), max: part(1) };
  } finally {
    await opened.close();
  }
}

function changed(hash: Uint8Array): Uint8Array {
  const other = hash.slice();
  other[KEYED_HASH_BYTES - 1]! ^= 1;
  return other;
}

/** In an order that has nothing to do with that of storing, the same each time. */
function shuffled<T>(list: readonly T[]): T[] {
  const stride = 7919;
  const other: T[] = [];
  for (let at = 0, place = 0; at < list.length; at++) {
    other.push(list[place]!);
    place = (place + stride) % list.length;
  }
  return other;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      cards: { type: 'string', default: '10000000' },
      handoffs: { type: 'string', default: '500' },
      incidents: { type: 'string', default: '20' },
      lookups: { type: 'string', default: '2000' },
    },
  });
  const figures = await lookupBench({
    ...{ cards: Number(values.cards), handoffs: Number(values.handoffs) },
    ...{ incidents: Number(values.incidents), lookups: Number(values.lookups) },
  });
  const { cards, storingNs, mebibytes, ...spreads } = figures;
  console.log(
    `${cards} cards, ${mebibytes.toFixed(0)} MiB, stored at ${storingNs.toFixed(0)} ns of processor time a card`,
  );
  for (const [name, { p50, p99, max }] of Object.entries(spreads)) {
    const said = [p50, p99, max].map((ms) => ms.toFixed(2));
    console.log(`${name}: p50 ${said[0]!} ms, p99 ${said[1]!} ms, max ${said[2]!} ms`);
  }
}
