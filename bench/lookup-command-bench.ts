// node bench/lookup-command-bench.ts [--orders 100000 --lookups 10]
//
// How long a look-up takes at the desk, from the start of the program to its end: by order and by person, each in a process
// of its own, the passphrase included. Exits with 1 when half of them take longer than the goal.

import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';

import { incidentToml } from '../tests/support/shop-incident.ts';
import { affected, panOf, personExport } from '../tests/support/person-orders.ts';
import { Kit } from '../tests/support/workspace-kit.ts';

/** Of half of the look-ups. */
const GOAL_SECONDS = 1;
/** On Linux x64 and arm64. */
const TICKS_A_SECOND = 100;
const incident = 'shop-a-2020';
const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '100000' },
    lookups: { type: 'string', default: '10' },
  },
});
const [orders, lookups] = [Number(values.orders), Number(values.lookups)];
const phoneOf = (at: number): string => `090${String(10_000_000 + at)}`;
const postcodeOf = (at: number): string => String(1_000_000 + at);

const kit = await Kit.create({ mode: 'drill' });
try {
  const opted = `look_up_by_name = true\n${incidentToml(incident)}`;
  await kit.done(['--as', kit.officer.id, 'incident', 'open', kit.put('incident.toml', opted)]);
  const made = Array.from({ length: orders }, (_, at) => ({
    ...{ family: '鷺沼', given: '澪', kana: ['サギヌマ', 'ミオ'] as const, ...affected },
    ...{ postcode: postcodeOf(at), phone: phoneOf(at), pan: panOf(at) },
  }));
  const source = `${kit.put('orders.csv', personExport(made))}=eccube4`;
  const spec = ['--columns', 'pan=カード番号', '--channel', 'web'];
  const prepared: unknown = await kit.done(kit.prepare(incident, [source], spec));
  const { cards, handoff } = prepared as { readonly cards: number; readonly handoff: string };
  await kit.approve(handoff);
  await kit.done(kit.deliver(handoff));
  console.log(`${orders} orders, ${cards} cards`);
  const acting = [...kit.secret, '--as', kit.officer.id, '--reason', 'a benchmark', 'lookup'];
  await measure('by order', (at) => ({ args: [...acting, 'order', `A-${1000 + at}`] }));
  await measure('by person', (at) => ({
    args: [...acting, 'person', '--stdin'],
    input: Buffer.from(`鷺沼 澪\n${phoneOf(at)}\n`),
  }));
} finally {
  await kit.dispose();
}

async function measure(
  name: string,
  asking: (order: number) => { readonly args: string[]; readonly input?: Uint8Array },
): Promise<void> {
  const took: number[] = [];
  const cpuBefore = childSeconds();
  for (let turn = 0; turn < lookups; turn++) {
    const { args, input } = asking(Math.floor((turn * orders) / lookups));
    const began = performance.now();
    const told: unknown = await kit.json(args, input === undefined ? {} : { input });
    took.push((performance.now() - began) / 1000);
    if (!(told as { readonly document: { readonly found: boolean } }).document.found)
      throw new Error(`not found ${name}`);
  }
  const cpu = (childSeconds() - cpuBefore) / lookups;
  took.sort((a, b) => a - b);
  const half = took[Math.floor(took.length / 2)]!;
  const said = [took[0]!, half, took.at(-1)!].map((seconds) => seconds.toFixed(2));
  const holds = half < GOAL_SECONDS;
  console.log(
    `${holds ? 'holds' : 'MISSED'}  ${name}: half within ${said[1]!} s of ${GOAL_SECONDS}, ${said[0]!} to ${said[2]!} s; ${cpu.toFixed(2)} s of the processor each`,
  );
  if (!holds) process.exitCode = 1;
}

/** Processor seconds of all programs that this one started and that ended, with their own: proc(5), cutime and cstime. */
function childSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'latin1')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_A_SECOND;
}
