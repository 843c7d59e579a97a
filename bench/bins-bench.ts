// node bench/bins-bench.ts [--ranges 600000]
//
// How long an issuer table takes to load, and one look-up in it. Processor time, since others may be at work here.

import { parseArgs } from 'node:util';

import { BinTable } from '../src/domain/bins/bin-table.ts';

const lookups = 4_000_000;
const numbers = 1 << 20;
const panDigits = 16;

/** What loading a table and looking numbers up in it came to. */
export interface BinsFigures {
  readonly ranges: number;
  readonly loadSeconds: number;
  /** One look-up of a number anywhere, when the numbers before are no help: the worst there is. */
  readonly scatteredNs: number;
  /** One look-up of a number like those of real lists, which come from a few hundred ranges. */
  readonly usualNs: number;
}

/** Loads a table of `ranges` made-up ranges of six to eleven digits, then looks numbers up in it. */
export function binsBench(ranges: number): BinsFigures {
  const bytes = new TextEncoder().encode(madeTable(ranges));
  const began = process.cpuUsage();
  const table = BinTable.fromCsv(bytes, '2026-11-22');
  const loadSeconds = secondsSince(began);
  return {
    ranges: table.size,
    loadSeconds,
    scatteredNs: lookupNs(table, numbers),
    usualNs: lookupNs(table, 500),
  };
}

/** `kinds`: of how many different beginnings the numbers are. */
function lookupNs(table: BinTable, kinds: number): number {
  const digits = new Uint8Array(numbers * panDigits);
  const state = { seed: 7 };
  const beginnings = Array.from({ length: kinds }, () => Math.floor(random(state) * 1e11));
  for (let i = 0; i < numbers; i++) {
    let beginning = beginnings[Math.floor(random(state) * kinds)]!;
    for (let at = 10; at >= 0; at--, beginning = Math.floor(beginning / 10)) {
      digits[i * panDigits + at] = beginning % 10;
    }
  }
  const pan = new Uint8Array(panDigits);
  let found = 0;
  const run = (isLooking: boolean): number => {
    const began = process.cpuUsage();
    for (let i = 0; i < lookups; i++) {
      const from = (i % numbers) * panDigits;
      for (let at = 0; at < panDigits; at++) pan[at] = digits[from + at]!;
      if (isLooking) found += table.lookup.brandOf(table.lookup.indexOf(pan, panDigits));
      else found += pan[3]!;
    }
    return secondsSince(began);
  };
  run(true);
  const copying = run(false);
  const ns = ((run(true) - copying) / lookups) * 1e9;
  if (found < 0) throw new Error('never');
  return ns;
}

/** A table as an acquirer hands it out: most ranges of eight and nine digits, some issuers with very many. */
export function madeTable(ranges: number): string {
  const state = { seed: 1 };
  const lines = ['low,high,brand,issuer,country,valid_from,valid_to'];
  const widths = [6, 8, 8, 8, 9, 9, 9, 10, 11];
  const next = new Map<number, number>();
  const countries = ['JP', 'US', 'FR', 'BR', 'KR', 'GB'];
  const brandIds = ['visa', 'mastercard', 'jcb', ''];
  for (let i = 0; i < ranges; i++) {
    const width = widths[i % widths.length]!;
    const space = 0.9 * 10 ** width;
    // In each width one after the other with gaps, so that none overlap.
    const step = Math.max(1, Math.floor(space / (ranges / 3 + 9)));
    const low = next.get(width) ?? 10 ** (width - 1);
    const high = low + Math.floor((random(state) * step) / 2);
    next.set(width, low + Math.max(step, high - low + 1));
    const issuer = Math.floor(random(state) ** 2 * 6000);
    // An issuer has one country and one brand or two.
    const brand = brandIds[(issuer + (i % 3 === 0 ? 1 : 0)) % brandIds.length]!;
    const country = countries[issuer % countries.length]!;
    const since = i % 7 === 0 ? '2019-10-01' : '';
    lines.push(`${low},${high},${brand},"Issuer ${issuer} Bank, Ltd.",${country},${since},`);
  }
  return lines.join('\n');
}

/** Mulberry32: the same numbers on every machine. */
function random(state: { seed: number }): number {
  state.seed = (state.seed + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state.seed ^ (state.seed >>> 15), state.seed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

function secondsSince(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { ranges: { type: 'string', default: '600000' } } });
  const { ranges, loadSeconds, scatteredNs, usualNs } = binsBench(Number(values.ranges));
  console.log(`ranges ${ranges} · load ${loadSeconds.toFixed(2)} s`);
  console.log(`look-up ${usualNs.toFixed(0)} ns, scattered ${scatteredNs.toFixed(0)} ns`);
}
