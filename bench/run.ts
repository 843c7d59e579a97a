// npm run bench [-- --records 1000000 --runs 3 --payload-mib 400 --only prepare,sealing,delivery,pickup --json]
// npm run bench -- --profile clean|dirty [--records 1000000]
//
// Measures the built program against what an administrator would use instead, in turns on this machine, and exits with
// 1 when a goal is missed. Needs gpg, python3 and OpenSSH; docs/performance.md says what the numbers mean.

import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { deliveryBench } from './delivery-bench.ts';
import { goalLine, judge } from './goals.ts';
import { loadNow, thisMachine } from './machine.ts';
import { pickupBench } from './pickup-bench.ts';
import { PrepareBench } from './prepare-bench.ts';
import { profilePrepare } from './profile.ts';
import {
  deliveryLine,
  pickupLine,
  prepareLine,
  prepareTable,
  sealingLine,
  throughputTable,
} from './report.ts';
import type { PrepareLine, ThroughputLine } from './report.ts';
import { Scratch } from './scratch.ts';
import { sealingBench } from './sealing-bench.ts';
import type { FileKind } from './shop.ts';
import { Workspace } from './workspace.ts';

const interrupted = 130;
const usage = 64;

const options = {
  records: { type: 'string', default: '1000000' },
  runs: { type: 'string', default: '3' },
  'payload-mib': { type: 'string', default: '400' },
  only: { type: 'string', default: 'prepare,sealing,delivery,pickup' },
  profile: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

interface Plan {
  readonly records: number;
  readonly runs: number;
  readonly payloadMib: number;
  readonly sections: readonly string[];
  readonly profile: FileKind | undefined;
  readonly isJson: boolean;
}

interface Results {
  readonly prepare: readonly PrepareLine[];
  readonly throughput: readonly ThroughputLine[];
}

const plan = readPlan();
if (plan === undefined) process.exitCode = usage;
else process.exitCode = await bench(plan);

function readPlan(): Plan | undefined {
  try {
    const { values } = parseArgs({ options });
    const { profile, json: isJson } = values;
    if (profile !== undefined && profile !== 'clean' && profile !== 'dirty') {
      throw new RangeError('--profile takes clean or dirty');
    }
    const records = wholeNumber('records', values.records);
    const runs = wholeNumber('runs', values.runs);
    const payloadMib = wholeNumber('payload-mib', values['payload-mib']);
    return { records, runs, payloadMib, sections: values.only.split(','), profile, isJson };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  }
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`--${option} takes 1 or more`);
  return value;
}

async function bench(wanted: Plan): Promise<number> {
  const scratch = new Scratch();
  const stop = (): void => {
    void scratch.dispose().finally(() => process.exit(interrupted));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  try {
    const loadBefore = loadNow();
    if (wanted.profile !== undefined) {
      const workspace = await Workspace.create(scratch);
      await profilePrepare(scratch, workspace, wanted.profile, wanted.records);
      return 0;
    }
    const results = await measure(scratch, wanted);
    return tell(wanted, results, loadBefore);
  } catch (error) {
    // What was cut off by Ctrl-C fails in some way of its own; the signal has the last word.
    if (scratch.isDisposed) await pause(60_000);
    throw error;
  } finally {
    await scratch.dispose();
  }
}

async function measure(scratch: Scratch, wanted: Plan): Promise<Results> {
  const { records, runs, payloadMib, sections } = wanted;
  const note = (said: string): void => {
    console.error(said);
  };
  note('setting up: keys, officers, recipients, issuers');
  const workspace = await Workspace.create(scratch);
  const prepare: PrepareLine[] = [];
  const throughput: ThroughputLine[] = [];
  if (sections.includes('prepare')) {
    const prepareBench = new PrepareBench(scratch, workspace);
    const files = [
      // What every prepare costs, however small.
      { kind: 'clean', count: 1 },
      { kind: 'clean', count: records },
      { kind: 'dirty', count: records },
    ] as const;
    for (const { kind, count } of files) {
      prepare.push(prepareLine(await prepareBench.run(kind, count, runs, note)));
    }
  }
  if (sections.includes('sealing')) {
    throughput.push(sealingLine(await sealingBench(scratch, workspace, payloadMib, runs, note)));
  }
  if (sections.includes('delivery')) {
    throughput.push(deliveryLine(await deliveryBench(scratch, payloadMib, runs, note)));
  }
  if (sections.includes('pickup')) {
    throughput.push(pickupLine(await pickupBench(scratch, runs, note)));
  }
  return { prepare, throughput };
}

function tell(wanted: Plan, results: Results, loadBefore: readonly number[]): number {
  const goals = judge(results.prepare, results.throughput, wanted.records);
  const machine = thisMachine();
  const load = { before: loadBefore, after: loadNow() };
  if (wanted.isJson) {
    console.log(
      JSON.stringify({ machine, load, runs: wanted.runs, ...results, goals }, undefined, 2),
    );
  } else {
    const facts = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
    console.log(facts.join(' · '));
    console.log(`load ${load.before.join(' ')} before, ${load.after.join(' ')} after`);
    console.log(`medians of ${wanted.runs}, in turns\n`);
    if (results.prepare.length > 0) console.log(`${prepareTable(results.prepare)}\n`);
    if (results.throughput.length > 0) console.log(`${throughputTable(results.throughput)}\n`);
    for (const goal of goals) console.log(goalLine(goal));
    if (goals.length === 0) console.log('the goals are about 1,000,000 records: not judged');
  }
  return goals.every(({ holds }) => holds) ? 0 : 1;
}
