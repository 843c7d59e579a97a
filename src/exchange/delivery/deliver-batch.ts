import { advance } from '../../domain/handoff/delivery-states.ts';
import type { RemoteBox } from './courier.ts';
import { DeliveryFault } from './delivery-errors.ts';
import type { DeliveryEvidence } from './delivery-journal.ts';
import { asDeliveryFault, JournalStop, LEASE_MS, recorded } from './delivery-lease.ts';
import type { DeliveryReport } from './delivery-lease.ts';
import { DeliveryRun } from './delivery-run.ts';
import type { DeliveryOrder, DeliveryParts } from './delivery-run.ts';
import { placeControlFile } from './place-control-file.ts';
import type { ControlEnd } from './place-control-file.ts';
import { reconcileBatch } from './reconcile-batch.ts';
import { sendAttempt } from './send-attempt.ts';
import { temporaryName } from './temporary-name.ts';

/** Then a person looks: what failed three times in a row is rarely mended by a fourth. */
const ATTEMPTS_MAX = 3;
const BACK_OFF_MS = [5_000, 30_000] as const;

/**
 * Delivers one approved batch, or finishes what an interrupted delivery began.
 *
 * By state: `approved` and `sending` are sent; `publishing` and `presumed` are only looked after (`reconcileBatch`);
 * `stored`, `written` and `conflict` are reported as they are. So calling it twice publishes once.
 *
 * The report says how the peer's faults ended. Throws DeliveryFault `batch-busy` or `fence-stale`, DeliveryStateFault
 * `state-forbids` for any other state, and what the journal throws.
 */
export async function deliverBatch(
  parts: DeliveryParts,
  order: DeliveryOrder,
): Promise<DeliveryReport> {
  const run = new DeliveryRun(parts, order, await parts.journal.claim(order.batch, LEASE_MS));
  try {
    return await drive(run);
  } catch (error) {
    throw error instanceof JournalStop ? error.cause : error;
  } finally {
    await run.release();
  }
}

function drive(run: DeliveryRun): Promise<DeliveryReport> {
  const { batch, state, name } = run.row;
  switch (state) {
    case 'approved':
    case 'sending':
      return send(run);
    case 'publishing':
    case 'presumed':
      return reconcileBatch(run);
    case 'conflict':
      return Promise.resolve(run.report(new DeliveryFault('target-taken', { file: name })));
    case 'stored':
    case 'written':
      return Promise.resolve(run.report());
    case 'built':
    case 'offered':
    case 'partly-read':
    case 'read':
    case 'taken':
    case 'failed':
    case 'expired':
    case 'cancelled':
    case 'claimed':
    case 'sent-elsewhere':
      advance(state, { event: 'send' });
      throw new Error(`batch ${batch} may not be sent from ${state}`);
  }
}

async function send(run: DeliveryRun): Promise<DeliveryReport> {
  for (;;) {
    run.attempts += 1;
    const end = await tryOnce(run);
    if (!(end instanceof DeliveryFault)) {
      if (end.to === 'unknown') return reconcileBatch(run, end, end.fault);
      if (end.to === 'waits') return run.report(end.fault);
      return run.settle(end.to, end.evidence, end.fault);
    }
    // Interrupted while sending: the next run goes on from here.
    if (end.code === 'delivery-interrupted') return run.report(end);
    if (end.retry !== 'later' || run.attempts >= ATTEMPTS_MAX) {
      return run.settle('failed', neverPublished, end);
    }
    await run.sleep(BACK_OFF_MS[run.attempts - 1] ?? 0);
  }
}

const neverPublished: DeliveryEvidence = {
  by: 'delivery',
  verification: 'unverified',
  rename: 'not-sent',
  final: 'not-looked',
  temporary: 'not-looked',
};

/** One attempt, from its intent to its end. Returns the fault of an attempt that published nothing. */
async function tryOnce(run: DeliveryRun): Promise<ControlEnd | DeliveryFault> {
  const attempt = run.row.attempt + 1;
  const { endpoint } = run.order;
  const temporary = temporaryName(endpoint.temporaryName, run.row.name, attempt, run.row.fence);
  run.row = await recorded(run.journal.intent(run.row, attempt, temporary));
  let box: RemoteBox | undefined;
  try {
    box = await run.connect();
    const end = await sendAttempt(run, box, temporary);
    return end.to === 'stored' ? await placeControlFile(run, box, end.evidence) : end;
  } catch (error) {
    const fault = asDeliveryFault(error);
    if (run.row.state !== 'publishing') return fault;
    return { to: 'unknown', rename: 'unanswered', verification: 'unverified', fault };
  } finally {
    await box?.close();
  }
}
