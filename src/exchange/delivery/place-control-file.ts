import type { RemoteBox } from './courier.ts';
import { DeliveryFault } from './delivery-errors.ts';
import type { ControlStep, DeliveryEvidence } from './delivery-journal.ts';
import { asDeliveryFault, recorded } from './delivery-lease.ts';
import { wasAnswered } from './delivery-run.ts';
import type { AttemptEnd, ControlOrder, DeliveryRun } from './delivery-run.ts';
import { incompleteFault, isCutShort } from '../handoff/half-written.ts';
import { reconcileVerdict } from './reconcile-verdict.ts';
import { removeOwn } from '../purge/remove-own.ts';
import { compareRemote } from './remote-content.ts';
import type { Likeness } from './remote-content.ts';
import { temporaryName } from './temporary-name.ts';

/** How the control file stands. `waits`: nothing is under its name yet, and the next run puts it there. */
export type ControlEnd = AttemptEnd | { readonly to: 'waits'; readonly fault: DeliveryFault };

/**
 * Finishes a batch whose data file is settled: puts the control file, or finds out what became of it. Without one to
 * put, the data file's `evidence` is the end.
 *
 * The same rules as for the data file, on its own: under a temporary name, compared, recorded, renamed; where the
 * server cannot rename, recorded and then created exclusively. The data file is not touched again.
 *
 * Throws DeliveryFault for what fails before the control file can have been there, and JournalStop.
 */
export async function placeControlFile(
  run: DeliveryRun,
  box: RemoteBox,
  evidence: DeliveryEvidence,
): Promise<ControlEnd> {
  const { control } = run.order;
  if (control === undefined) return { to: 'stored', evidence };
  await note(run, control, { step: 'owed', ...temporaryOf(run, control), evidence });
  return finishControlFile(run, box, control);
}

/** Goes on from the recorded step, on whatever connection. Throws as `placeControlFile`. */
export async function finishControlFile(
  run: DeliveryRun,
  box: RemoteBox,
  control: ControlOrder,
): Promise<ControlEnd> {
  const step = run.row.control!;
  if (step.step === 'announced') return examine(run, box, control, step.temporary, 'not-sent');
  const seen = await compareControl(run, box, control, control.name);
  switch (seen) {
    case 'same':
      return end(run, control, 'stored', seen);
    case 'different':
      return end(run, control, 'conflict', seen, taken(control));
    case 'same-size':
      return end(run, control, 'presumed', seen, unknownOutcome(run));
    case 'absent':
    case 'hidden':
      return run.order.endpoint.rename === 'none'
        ? putInPlace(run, box, control)
        : putAndRename(run, box, control);
  }
}

async function putAndRename(
  run: DeliveryRun,
  box: RemoteBox,
  control: ControlOrder,
): Promise<ControlEnd> {
  const { temporary: old, ...owed } = run.row.control!;
  const { temporary } = temporaryOf(run, control);
  // Nothing was announced of the old one; it is ours by its name.
  if (old !== undefined) await removeOwn(box, old);
  if (old !== temporary) await note(run, control, { ...owed, temporary: temporary! });
  await upload(box, control, temporary!);
  const likeness = await compareControl(run, box, control, temporary!);
  if (likeness === 'different') {
    throw new DeliveryFault('remote-content-differs', { file: control.name, found: likeness });
  }
  await note(run, control, { ...owed, step: 'announced', temporary: temporary! });
  return rename(run, box, control, temporary!);
}

/** Attempt and fence make the name ours alone, also beside a command that slept through its lease. */
function temporaryOf(run: DeliveryRun, { name }: ControlOrder): { readonly temporary?: string } {
  const { rename: kind, temporaryName: pattern } = run.order.endpoint;
  if (kind === 'none') return {};
  return { temporary: temporaryName(pattern, name, run.row.attempt, run.row.fence) };
}

async function rename(
  run: DeliveryRun,
  box: RemoteBox,
  control: ControlOrder,
  temporary: string,
  hasRenamed = false,
): Promise<ControlEnd> {
  try {
    await box.rename(temporary, control.name);
  } catch (error) {
    const fault = asDeliveryFault(error);
    if (!wasAnswered(fault)) throw fault;
    return examine(run, box, control, temporary, 'unanswered', { fault, hasRenamed: true });
  }
  return examine(run, box, control, temporary, 'answered', { hasRenamed });
}

/** The first byte under the name is already a control file: that it may be there is recorded first. */
async function putInPlace(
  run: DeliveryRun,
  box: RemoteBox,
  control: ControlOrder,
): Promise<ControlEnd> {
  const owed = run.row.control!;
  await note(run, control, { ...owed, step: 'announced' });
  try {
    await upload(box, control, control.name);
  } catch (error) {
    const fault = asDeliveryFault(error);
    if (!wasAnswered(fault)) throw fault;
    if (fault.facts['step'] !== 'open') {
      return examine(run, box, control, undefined, 'not-sent', { fault });
    }
    // The exclusive create was refused, so nothing of ours is there.
    await note(run, control, { ...owed, step: 'owed' });
    if (fault.code === 'temporary-taken') {
      return end(run, control, 'conflict', 'different', taken(control));
    }
    return { to: 'waits', fault };
  }
  return examine(run, box, control, undefined, 'answered');
}

async function examine(
  run: DeliveryRun,
  box: RemoteBox,
  control: ControlOrder,
  temporary: string | undefined,
  answer: DeliveryEvidence['rename'],
  { fault, hasRenamed = false }: { fault?: DeliveryFault; hasRenamed?: boolean } = {},
): Promise<ControlEnd> {
  const seen = await compareControl(run, box, control, control.name);
  const left =
    temporary === undefined ? undefined : await compareControl(run, box, control, temporary);
  // Every byte of a file written in place was acknowledged: what cannot be looked at, or is gone, was whole.
  const wasWritten = temporary === undefined && answer === 'answered' && seen !== 'different';
  const verdict = wasWritten ? 'stored' : reconcileVerdict(seen, left, answer);
  switch (verdict) {
    case 'stored-remove-temporary':
      await box.remove(temporary ?? '').catch(() => undefined);
      return end(run, control, 'stored', seen);
    case 'stored':
      return end(run, control, 'stored', seen);
    case 'conflict': {
      const isOurs =
        temporary === undefined && (await isCutShort(box, control.name, control.bytes.length));
      return end(
        run,
        control,
        'conflict',
        seen,
        isOurs ? incompleteFault(control.name) : taken(control),
      );
    }
    case 'rename-again':
      if (run.row.state !== 'publishing') break;
      if (!hasRenamed) return rename(run, box, control, temporary ?? '', true);
      return {
        to: 'waits',
        fault: fault ?? new DeliveryFault('remote-failure', { step: 'rename' }),
      };
    case 'failed':
      // The temporary file is damaged and was never renamed: the next run makes a new one.
      await note(run, control, { ...run.row.control!, step: 'owed' });
      return {
        to: 'waits',
        fault: fault ?? new DeliveryFault('remote-content-differs', { file: control.name }),
      };
    case 'presumed':
      break;
  }
  return end(run, control, 'presumed', seen, unknownOutcome(run));
}

async function upload(box: RemoteBox, control: ControlOrder, name: string): Promise<void> {
  await box.upload(name, once(control.bytes), control.bytes.length);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

function compareControl(
  run: DeliveryRun,
  box: RemoteBox,
  { bytes, sha256 }: ControlOrder,
  name: string,
): Promise<Likeness> {
  return compareRemote(run, box, name, { sizeBytes: bytes.length, sha256 });
}

async function note(run: DeliveryRun, { name }: ControlOrder, step: ControlStep): Promise<void> {
  run.row = await recorded(run.journal.control(run.row, name, step));
}

function end(
  run: DeliveryRun,
  { name }: ControlOrder,
  to: 'stored' | 'presumed' | 'conflict',
  control: Likeness,
  fault?: DeliveryFault,
): ControlEnd {
  const evidence = { ...run.row.control!.evidence, controlName: name, control };
  return { to, evidence, ...(fault && { fault }) };
}

function taken({ name }: ControlOrder): DeliveryFault {
  return new DeliveryFault('target-taken', { file: name });
}

function unknownOutcome(run: DeliveryRun): DeliveryFault {
  return new DeliveryFault('outcome-unknown', { batch: run.row.batch });
}
