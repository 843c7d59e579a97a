import { advance } from '../../domain/handoff/delivery-states.ts';
import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import { serveActor } from '../acts/serve-actor.ts';
import { assertConfigurationApproved } from '../configuration/assert-configuration-approved.ts';
import type { LoadedConfiguration } from '../configuration/configuration.ts';
import { deliverChosen } from '../delivery/deliver-handoff.ts';
import type { DeliverPorts } from '../delivery/deliver-ports.ts';
import type { DeliveryReport } from '../delivery/delivery-lease.ts';
import { assertApproved } from '../handoff/assert-approved.ts';
import { assertPlanHolds, assertRecallHolds, planOf } from '../handoff/plan-still-holds.ts';
import type { Pause } from '../workspace/clock.ts';
import { plannedDeliveries } from './planned-deliveries.ts';
import type { PlannedDelivery } from './planned-deliveries.ts';
import type { Round } from './run-rounds.ts';
import type { ServeDeliveries } from './serve-deliveries.ts';

const EVERY_MS = 15_000;
/** What a run left as it was is not tried again at once: neither log nor peer is to be filled with it. */
const PATIENCE_MS = 300_000;

export type DeliveryRoundPorts = DeliverPorts & {
  readonly serveDeliveries: ServeDeliveries;
  readonly pause: Pause;
};

/** What is due to one recipient; of one handoff where it is delivered. */
type Group = readonly PlannedDelivery[];

/**
 * Delivers what is due, by the use case and the checks of `handoff deliver`, where the configuration in force allows it
 * (`[serve] deliver`). Recipients are served side by side, the handoffs for one of them one after the other, the oldest
 * first. Whoever is slow is waited for by nobody else: what falls due meanwhile for others begins.
 */
export class DeliveryRound implements Round {
  readonly name = 'deliver';
  readonly everyMs = EVERY_MS;
  readonly #ports: DeliveryRoundPorts;
  /** Batches that a run left due, by id. To forget them at an end costs one attempt more. */
  readonly #left = new Map<string, { readonly untilMs: number; readonly why?: unknown }>();

  /** What runs, by recipient. */
  readonly #busy = new Map<string, Promise<void>>();

  constructor(ports: DeliveryRoundPorts) {
    this.#ports = ports;
  }

  /**
   * Ends once nothing is being delivered any more. Throws why the first batch that is still due was not delivered, where
   * that is not recorded of the batch itself.
   */
  async run(signal: AbortSignal): Promise<void> {
    try {
      do {
        await this.#begin(signal);
        await this.#someTime(signal);
      } while (this.#busy.size > 0);
    } finally {
      await Promise.all(this.#busy.values());
    }
    const trouble = [...this.#left.values()].find(({ why }) => why !== undefined);
    if (trouble !== undefined) throw trouble.why;
  }

  /** Until all is delivered, or until it is time to look for more; once the end is asked for, only the former. */
  async #someTime(signal: AbortSignal): Promise<void> {
    const all = Promise.all(this.#busy.values());
    const looking = new AbortController();
    const pause = this.#ports.pause.sleep(EVERY_MS, AbortSignal.any([signal, looking.signal]));
    await Promise.race([all, pause]);
    looking.abort();
    if (signal.aborted) await all;
  }

  /** Begins what is due, for recipients for whom nothing runs. */
  async #begin(signal: AbortSignal): Promise<void> {
    const { clock, configuration } = this.#ports;
    const now = clock.now();
    const loaded = await configuration.load();
    const planned = await plannedDeliveries(this.#ports, loaded, now);
    const due = planned.filter(({ dueAt }) => dueAt !== undefined && dueAt <= now);
    this.#forgetAllBut(new Set(due.map(({ batch }) => batch.id)));
    const begun = due.filter(({ batch }) => this.#isBegun(batch.id, now));
    for (const toOne of groupedBy(begun, ({ recipient }) => recipient.id)) {
      const { id } = toOne[0]!.recipient;
      if (signal.aborted || this.#busy.has(id)) continue;
      const work = this.#deliverTo(loaded, toOne, signal).finally(() => this.#busy.delete(id));
      this.#busy.set(id, work);
    }
  }

  async #deliverTo(loaded: LoadedConfiguration, toOne: Group, signal: AbortSignal): Promise<void> {
    for (const group of groupedBy(toOne, ({ handoff }) => handoff.id)) {
      if (!signal.aborted) await this.#deliver(loaded, group, signal);
    }
  }

  #isBegun(batch: string, now: Date): boolean {
    const left = this.#left.get(batch);
    return left === undefined || left.untilMs <= now.getTime();
  }

  #forgetAllBut(due: ReadonlySet<string>): void {
    for (const batch of this.#left.keys()) if (!due.has(batch)) this.#left.delete(batch);
  }

  /** Delivers, and keeps why what was left was left. */
  async #deliver(loaded: LoadedConfiguration, group: Group, signal: AbortSignal): Promise<void> {
    const ids = group.map(({ batch }) => batch.id);
    const leave = (batch: string, why?: unknown): void => {
      const untilMs = this.#ports.clock.now().getTime() + PATIENCE_MS;
      this.#left.set(batch, { untilMs, why });
    };
    try {
      const { reports } = await deliverDue(this.#ports, loaded, group, signal);
      for (const report of reports) {
        leave(report.batch, isUntold(report) ? report.fault : undefined);
      }
    } catch (error) {
      for (const batch of ids) leave(batch, error);
    }
  }
}

const stillDue: readonly DeliveryState[] = ['approved', 'sending', 'publishing'];
/** Another command has it, or our own end cut it short: neither is trouble. */
const passing: readonly string[] = ['batch-busy', 'delivery-interrupted'];

/** Whether a report tells of trouble that the batch does not tell by itself. */
function isUntold({ state, fault }: DeliveryReport): boolean {
  return stillDue.includes(state) && fault !== undefined && !passing.includes(fault.code);
}

async function deliverDue(
  ports: DeliveryRoundPorts,
  loaded: LoadedConfiguration,
  group: Group,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<typeof deliverChosen>>> {
  const { handoff, recipient } = group[0]!;
  await assertConfigurationApproved(ports, loaded);
  const failed = group.filter(({ batch }) => batch.state === 'failed');
  if (failed.length > 0) {
    // Only what would be sent now: a state that says it will be sent is not to be a lie.
    await assertApproved(ports, loaded, handoff);
    const batches = await ports.handoffs.batchesOf(handoff.id);
    const plan = planOf(handoff);
    assertPlanHolds(handoff, plan, batches, loaded, ports.clock.now());
    const { documentSha256 } = await ports.incidents.get(handoff.incident);
    assertRecallHolds(handoff, plan, documentSha256);
  }
  for (const { batch } of failed) await beginAgain(ports, batch);
  return deliverChosen(ports, {
    ...{ loaded, actor: serveActor, handoff: handoff.id, recipient: recipient.id },
    batches: new Set(group.map(({ batch }) => batch.id)),
    watch: { signal },
  });
}

async function beginAgain(
  { serveDeliveries, clock, origin }: DeliveryRoundPorts,
  { id, handoff, recipient, state }: PlannedDelivery['batch'],
): Promise<void> {
  advance(state, { event: 'repeat' });
  await serveDeliveries.repeat(id, clock.now(), {
    draft: {
      ...{ actor: serveActor, act: 'delivery-retry', result: 'done', origin },
      object: `batch:${id}`,
      data: { batch: id, handoff, recipient },
    },
  });
}

function groupedBy(
  planned: readonly PlannedDelivery[],
  key: (each: PlannedDelivery) => string,
): readonly Group[] {
  return [...Map.groupBy(planned, key).values()];
}
