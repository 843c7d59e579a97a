// npm run fuzz [-- --minutes 60 --seed 1]
//
// Says to a real pickup server what nobody should, until the time is over or the server is not as it was. Then it prints
// the cases since it was last in order, to be kept in tests/support/pickup-findings.ts, and exits with 1. Every five
// minutes it prints what the server holds: what leaks goes on growing.

import { parseArgs } from 'node:util';

import { FuzzedServer } from '../support/fuzzed-server.ts';
import { fuzzCase } from '../support/pickup-fuzz.ts';

const CASES_PER_LOOK = 25;
const TELL_EVERY_MS = 300_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
});
const [minutes, firstSeed] = [Number(values.minutes), Number(values.seed)];
if (!(minutes > 0) || !Number.isSafeInteger(firstSeed)) {
  throw new RangeError('--minutes takes more than 0, --seed a whole number');
}

const server = new FuzzedServer();
await server.start();
const begun = performance.now();
const until = begun + minutes * 60_000;
let tellAt = begun + TELL_EVERY_MS;
let seed = firstSeed;
let complaint: string | undefined;
while (complaint === undefined && performance.now() < until) {
  for (const end = seed + CASES_PER_LOOK; seed < end; seed++) await server.suffer(fuzzCase(seed));
  complaint = await server.complaint();
  // One that complains may be gone.
  if (complaint !== undefined || performance.now() < tellAt) continue;
  tell();
  tellAt += TELL_EVERY_MS;
}
if (complaint === undefined) tell();
await server.stop();
console.log(`${seed - firstSeed} cases, seeds ${firstSeed} to ${seed - 1}`);
if (complaint !== undefined) {
  console.log(complaint);
  for (let last = seed - CASES_PER_LOOK; last < seed; last++) {
    console.log(JSON.stringify(fuzzCase(last)));
  }
  process.exitCode = 1;
}

function tell(): void {
  const [minute, mebibytes] = [(performance.now() - begun) / 60_000, server.heldKib() / 1024];
  console.log(
    `minute ${minute.toFixed(0)}: ${seed - firstSeed} cases, ${mebibytes.toFixed(0)} MiB`,
  );
}
