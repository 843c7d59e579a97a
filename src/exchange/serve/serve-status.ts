import type { Recipient } from '../../domain/recipients/recipient.ts';
import { fetchTimes } from '../arrivals/fetch-times.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Clock } from '../workspace/clock.ts';
import { FETCH_EVERY_MS } from './fetch-round.ts';
import { plannedDeliveries } from './planned-deliveries.ts';
import type { PlannedDelivery, PlannedDeliveryPorts } from './planned-deliveries.ts';
import type { LastRun, RoundBook } from './run-rounds.ts';

/** How `serve` does, seen by another process. */
export interface ServeStatus {
  /** Whether the settings give it something to do that nobody else does. */
  readonly isNeeded: boolean;
  /** Seen in the last minutes, and its process is not known to be gone. */
  readonly isRunning: boolean;
  /** When it was seen last, unless it ended in order. */
  readonly seenAt: Date | undefined;
  /** Rounds whose last run failed. */
  readonly troubles: readonly { readonly round: string; readonly code: string }[];
  /** What it is to deliver, and when. */
  readonly deliveries: readonly ServeDelivery[];
  /** Whose directories it looks into for answers, and when next. */
  readonly fetches: readonly ServeFetch[];
}

export interface ServeFetch {
  readonly recipient: string;
  /** The next round that lies in their hours; undefined where `problem` says why there is none. */
  readonly nextAt: Date | undefined;
  /** `holiday-year-missing`: the days off of that year are not known. */
  readonly problem?: string;
  /** Whether it would look sooner if they had no hours. */
  readonly isWaiting: boolean;
}

export type ServeDelivery = Pick<PlannedDelivery, 'dueAt' | 'problem'> & {
  readonly batch: string;
};

/** Longer than it takes `serve` to say again that it runs. */
const SEEN_MS = 180_000;

/** Changes nothing. Throws as the configuration. */
export async function serveStatus(
  ports: PlannedDeliveryPorts & {
    readonly configuration: Pick<Configuration, 'load'>;
    readonly roundBook: Pick<RoundBook, 'last' | 'begunBy'>;
    readonly clock: Clock;
    /** Whether the process of a mark is gone for certain; false where that cannot be told from here. */
    readonly isProcessGone: (mark: string) => boolean;
  },
): Promise<ServeStatus> {
  const loaded = await ports.configuration.load();
  const { settings } = loaded;
  const now = ports.clock.now();
  const runs = await ports.roundBook.last();
  const seenAt = runs.map(({ at }) => at).toSorted((a, b) => b.getTime() - a.getTime())[0];
  const mark = await ports.roundBook.begunBy();
  const isGone = mark !== undefined && ports.isProcessGone(mark);
  const deliveries = await plannedDeliveries(ports, loaded, now);
  return {
    isNeeded: settings.pickup !== undefined || settings.serve?.deliver === true,
    isRunning: !isGone && seenAt !== undefined && now.getTime() - seenAt.getTime() <= SEEN_MS,
    seenAt,
    troubles: runs.flatMap(troubleOf),
    fetches: fetchesOf(loaded.recipients, runs, now),
    deliveries: deliveries.map(({ batch, dueAt, problem }) => ({
      ...{ batch: batch.id, dueAt },
      ...(problem === undefined ? {} : { problem }),
    })),
  };
}

function fetchesOf(
  recipients: readonly Recipient[],
  runs: readonly LastRun[],
  now: Date,
): ServeFetch[] {
  const last = runs.find(({ round }) => round === 'fetch')?.at.getTime() ?? -Infinity;
  const from = new Date(Math.max(now.getTime(), last + FETCH_EVERY_MS));
  return fetchTimes(recipients, from).map(({ recipient, opensAt, problem }) => ({
    ...{
      recipient: recipient.id,
      nextAt: opensAt,
      isWaiting: opensAt?.getTime() !== from.getTime(),
    },
    ...(problem === undefined ? {} : { problem: problem.code }),
  }));
}

function troubleOf({ round, code }: LastRun): { round: string; code: string }[] {
  return code === undefined ? [] : [{ round, code }];
}
