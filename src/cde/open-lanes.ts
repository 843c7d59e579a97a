import { availableParallelism } from 'node:os';

import type { BinTable } from '../domain/bins/bin-table.ts';
import type { PrepareJob } from '../exchange/handoff/card-process.ts';
import { CardLanes } from './card-lanes.ts';
import { isWorthLanes } from './scan-sources.ts';
import { sourceSizes } from './source-sizes.ts';

/** One thread folds: more than so many that read would wait for it, and each takes memory. */
const lanesMax = 16;

/** Threads for a job that has work for them; undefined for a small one, which ends before they have started. */
export async function openLanes(job: PrepareJob, bins: BinTable): Promise<CardLanes | undefined> {
  const jobs = job.jobs ?? Math.min(availableParallelism(), lanesMax);
  if (jobs < 2) return undefined;
  const sizes = await sourceSizes(job.sources);
  return sizes.some(isWorthLanes) ? new CardLanes(jobs, bins.lookup.columns) : undefined;
}
