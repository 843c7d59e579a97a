import { mayAdvance } from '../../domain/handoff/delivery-states.ts';
import type { RemoteBox } from './courier.ts';
import { DeliveryFault } from './delivery-errors.ts';
import type { DeliveryEvidence } from './delivery-journal.ts';
import { asDeliveryFault } from './delivery-lease.ts';
import type { DeliveryReport } from './delivery-lease.ts';
import { wasAnswered } from './delivery-run.ts';
import type { DeliveryRun, PublishHint } from './delivery-run.ts';
import { incompleteFault, isCutShort } from '../handoff/half-written.ts';
import { finishControlFile, placeControlFile } from './place-control-file.ts';
import type { ControlEnd } from './place-control-file.ts';
import { reconcileVerdict } from './reconcile-verdict.ts';
import { compareRemote } from './remote-content.ts';

/** Looks before the machine leaves the question to the next run. */
const CONNECTIONS_MAX = 3;
const BACK_OFF_MS = [2_000, 10_000] as const;

const nothingKnown: PublishHint = { rename: 'not-sent', verification: 'unverified' };

/**
 * Finds out on a new connection what became of a batch in `publishing`, or looks again for one that is `presumed`.
 *
 * Never uploads. Repeats the rename only while our temporary file is there, the final name is free and the batch is
 * `publishing`. When the recipient cannot be reached the state stays and the report carries the fault.
 */
export async function reconcileBatch(
  run: DeliveryRun,
  hint: PublishHint = nothingKnown,
  lastFault?: DeliveryFault,
): Promise<DeliveryReport> {
  let fault = lastFault;
  let known = hint;
  for (let connection = 0; connection < CONNECTIONS_MAX; connection += 1) {
    if (connection > 0) await run.sleep(BACK_OFF_MS[connection - 1] ?? 0);
    let box: RemoteBox | undefined;
    try {
      box = await run.connect();
      const end =
        run.row.control === undefined
          ? await examine(run, box, known, fault)
          : reportControl(run, await finishControlFile(run, box, run.order.control!));
      if ('report' in end) return await end.report();
      known = end.hint;
      fault = end.fault;
    } catch (error) {
      fault = asDeliveryFault(error);
      if (fault.retry !== 'later' || fault.code === 'delivery-interrupted') break;
    } finally {
      await box?.close();
    }
  }
  return run.report(fault ?? new DeliveryFault('outcome-unknown', { batch: run.row.batch }));
}

type Examined =
  | { readonly report: () => Promise<DeliveryReport> }
  | { readonly hint: PublishHint; readonly fault: DeliveryFault };

async function examine(
  run: DeliveryRun,
  box: RemoteBox,
  hint: PublishHint,
  fault: DeliveryFault | undefined,
  hasRenamed = false,
): Promise<Examined> {
  const { batch, name, publishingFrom } = run.row;
  const final = await compareRemote(run, box, name);
  const temporary =
    publishingFrom === undefined ? undefined : await compareRemote(run, box, publishingFrom);
  const evidence: DeliveryEvidence = {
    by: 'reconcile',
    hostKey: box.hostKey,
    verification: final === 'same' ? 'read-back' : hint.verification,
    ...(hint.isSynced !== undefined && { isSynced: hint.isSynced }),
    rename: hint.rename,
    final,
    temporary: temporary ?? 'not-looked',
  };
  const presume = (): Promise<DeliveryReport> => {
    const unknown = new DeliveryFault('outcome-unknown', { batch, final }, fault);
    return mayAdvance(run.row.state, 'presume')
      ? run.settle('presumed', evidence, unknown)
      : Promise.resolve(run.report(unknown, evidence));
  };
  const fail = (why: DeliveryFault): (() => Promise<DeliveryReport>) =>
    mayAdvance(run.row.state, 'fail') ? () => run.settle('failed', evidence, why) : presume;

  switch (reconcileVerdict(final, temporary, hint.rename)) {
    case 'stored-remove-temporary':
      // The server died between the two halves of its rename; the final name has our content.
      await box.remove(publishingFrom ?? '').catch(() => undefined);
      return reportControl(run, await placeControlFile(run, box, evidence));
    case 'stored':
      return reportControl(run, await placeControlFile(run, box, evidence));
    case 'conflict': {
      const why = await conflictOf(run, box, fault);
      return { report: () => run.settle('conflict', evidence, why) };
    }
    case 'presumed':
      return { report: presume };
    case 'failed':
      return { report: fail(fault ?? new DeliveryFault('remote-content-differs', { file: name })) };
    case 'rename-again':
      if (run.row.state !== 'publishing') return { report: presume };
      if (hasRenamed) {
        return { report: fail(fault ?? new DeliveryFault('remote-failure', { step: 'rename' })) };
      }
      return renameAgain(run, box, hint, publishingFrom ?? '');
  }
}

/** Whose the file is that has our name: of somebody else, or the beginning of our own, written in place. */
async function conflictOf(
  { row }: DeliveryRun,
  box: RemoteBox,
  fault: DeliveryFault | undefined,
): Promise<DeliveryFault> {
  const isInPlace = row.publishingFrom === undefined;
  return isInPlace && (await isCutShort(box, row.name, row.sizeBytes))
    ? incompleteFault(row.name)
    : new DeliveryFault('target-taken', { file: row.name }, fault);
}

/** How the control file ended, as the report of the batch. */
function reportControl(run: DeliveryRun, end: ControlEnd): Examined {
  if (end.to === 'waits') return { report: () => Promise.resolve(run.report(end.fault)) };
  if (end.to === 'unknown') throw new Error('a control file ends seen or waiting');
  const evidence = { ...end.evidence, by: 'reconcile' } as const;
  if (end.to === 'presumed' && !mayAdvance(run.row.state, 'presume')) {
    return { report: () => Promise.resolve(run.report(end.fault, evidence)) };
  }
  return { report: () => run.settle(end.to, evidence, end.fault) };
}

async function renameAgain(
  run: DeliveryRun,
  box: RemoteBox,
  hint: PublishHint,
  from: string,
): Promise<Examined> {
  try {
    await box.rename(from, run.row.name);
  } catch (error) {
    const fault = asDeliveryFault(error);
    if (!wasAnswered(fault)) return { hint: { ...hint, rename: 'unanswered' }, fault };
    // An earlier rename may still have been under way and have come first: so this refusal proves nothing alone.
    return examine(run, box, { ...hint, rename: 'unanswered' }, fault, true);
  }
  return examine(run, box, { ...hint, rename: 'answered' }, undefined, true);
}
