import { isFault } from '../../domain/fault.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { serveActor } from '../acts/serve-actor.ts';
import type { Clock, Pause } from '../workspace/clock.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/**
 * Something that is done again and again. Each run computes from stored state what is due and does that: a run that never
 * happened, or was cut short, is made up for by the next.
 */
export interface Round {
  /** As the log and `status` name it. */
  readonly name: string;
  /** From the end of one run to the begin of the next. */
  readonly everyMs: number;
  /** Ends soon once `signal` is aborted. A fault it throws is kept for `status`; the round goes on. */
  run(signal: AbortSignal): Promise<void>;
}

/** How the last run of a round went; `code` of the fault it ended with. */
export interface LastRun {
  readonly round: string;
  readonly at: Date;
  readonly code: string | undefined;
}

/** The last run of each round, kept durably. */
export interface RoundBook {
  /** `serve` begins, in the process of this mark; undefined where the system gives none. */
  began(mark: string | undefined): Promise<void>;
  /** The mark of the process that began last; undefined after an end in order, and where it had none. */
  begunBy(): Promise<string | undefined>;
  /** The act of a run that failed enters the log where the run before did not end with the same code. */
  ran(
    round: string,
    at: Date,
    failed?: { readonly code: string; readonly act: ActRecord },
  ): Promise<void>;
  /** By name; nothing after an end in order. */
  last(): Promise<readonly LastRun[]>;
  /** `serve` ended in order: its rounds are forgotten. */
  ended(): Promise<void>;
}

interface Parts {
  readonly clock: Clock;
  readonly pause: Pause;
  readonly roundBook: Pick<RoundBook, 'ran'>;
  readonly origin: string;
  readonly facts: Pick<WorkspaceFacts, 'id'>;
}

/**
 * Runs rounds side by side until `signal`, so that none waits for another; resolves when all have ended. Throws what the
 * book throws: what cannot be recorded does not go on.
 */
export async function runRounds(
  parts: Parts,
  rounds: readonly Round[],
  signal: AbortSignal,
): Promise<void> {
  const failing = new AbortController();
  const ending = AbortSignal.any([signal, failing.signal]);
  const isOver = (): boolean => ending.aborted;
  const ends = rounds.map(async (round) => {
    try {
      while (!isOver()) {
        const code = await codeOf(round.run(ending));
        // What was cut short says nothing about the round.
        if (isOver()) return;
        await keep(parts, round.name, code);
        await parts.pause.sleep(round.everyMs, ending);
      }
    } catch (error) {
      failing.abort(error);
    }
  });
  await Promise.all(ends);
  failing.signal.throwIfAborted();
}

function keep(
  { roundBook, clock, origin, facts }: Parts,
  round: string,
  code?: string,
): Promise<void> {
  if (code === undefined) return roundBook.ran(round, clock.now());
  const act: ActRecord = {
    draft: {
      ...{ actor: serveActor, act: 'serve-trouble', result: 'failed', origin },
      ...{ object: `workspace:${facts.id}`, data: { round, code } },
    },
  };
  return roundBook.ran(round, clock.now(), { code, act });
}

async function codeOf(run: Promise<void>): Promise<string | undefined> {
  try {
    await run;
    return undefined;
  } catch (error) {
    return isFault(error) ? error.code : 'internal';
  }
}
