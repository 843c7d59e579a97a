import type { RemoteBox, UploadResult } from './courier.ts';
import { DeliveryFault } from './delivery-errors.ts';
import type { DeliveryEvidence } from './delivery-journal.ts';
import { asDeliveryFault, recorded } from './delivery-lease.ts';
import { wasAnswered } from './delivery-run.ts';
import type { AttemptEnd, DeliveryRun } from './delivery-run.ts';
import { removeOwn } from '../purge/remove-own.ts';
import { compareRemote } from './remote-content.ts';
import type { Likeness } from './remote-content.ts';
import { openSealed } from './sealed-payload.ts';

/**
 * One attempt over one open connection: look, upload under the temporary name, verify, record `publishing`, rename,
 * look again. Steps P3 to P10 of docs/operating/delivery.md.
 *
 * Throws DeliveryFault for anything that fails before `publishing` is recorded: nothing can have been published then.
 * From there on it ends `unknown` instead. Throws JournalStop when the journal fails.
 */
export async function sendAttempt(
  run: DeliveryRun,
  box: RemoteBox,
  temporary: string,
): Promise<AttemptEnd> {
  const taken = await lookFirst(run, box);
  if (taken !== undefined) return taken;
  await sweep(run, box, temporary);
  const freeBytes = await box.freeBytes();
  if (freeBytes !== undefined && freeBytes < run.row.sizeBytes) {
    throw new DeliveryFault('remote-full', { freeBytes, neededBytes: run.row.sizeBytes });
  }
  return run.order.endpoint.rename === 'none'
    ? writeInPlace(run, box)
    : writeAndRename(run, box, temporary);
}

/** The final name may be there already: from a run whose answer was lost, or because somebody else uses it. */
async function lookFirst(run: DeliveryRun, box: RemoteBox): Promise<AttemptEnd | undefined> {
  const final = await compareRemote(run, box, run.row.name);
  const evidence = {
    by: 'delivery',
    hostKey: box.hostKey,
    verification: final === 'same' ? 'read-back' : 'unverified',
    rename: 'not-sent',
    final,
    temporary: 'not-looked',
  } as const;
  const { batch, name } = run.row;
  switch (final) {
    case 'absent':
    case 'hidden':
      return undefined;
    case 'same':
      return { to: 'stored', evidence };
    case 'same-size':
      return { to: 'presumed', evidence, fault: new DeliveryFault('outcome-unknown', { batch }) };
    case 'different':
      return { to: 'conflict', evidence, fault: new DeliveryFault('target-taken', { file: name }) };
  }
}

/**
 * Removes what earlier attempts left. Their names are ours, and while the batch is `sending` none of them has been
 * published; a rename of one of them that is still under way somewhere then fails.
 */
async function sweep(run: DeliveryRun, box: RemoteBox, temporary: string): Promise<void> {
  for (const old of run.row.temporaries) {
    if (old !== temporary && !run.foreign.has(old)) await removeOwn(box, old);
  }
}

async function writeAndRename(
  run: DeliveryRun,
  box: RemoteBox,
  temporary: string,
): Promise<AttemptEnd> {
  const sent = await upload(run, box, temporary);
  const { verification } = await verify(run, box, temporary, sent);
  // Minutes may have passed since the first look, and some servers overwrite on rename.
  const taken = await lookFirst(run, box);
  if (taken !== undefined) {
    await removeOwn(box, temporary);
    return taken;
  }
  run.row = await recorded(run.journal.publishing(run.row, temporary));
  const unknown = { to: 'unknown', verification, isSynced: sent.isSynced } as const;
  try {
    await box.rename(temporary, run.row.name);
  } catch (error) {
    const fault = asDeliveryFault(error);
    return { ...unknown, rename: wasAnswered(fault) ? 'refused' : 'unanswered', fault };
  }
  try {
    const seen = await lookAfter(run, box, temporary);
    if (seen === undefined) return { ...unknown, rename: 'answered' };
    return { to: 'stored', evidence: { ...seen, verification, isSynced: sent.isSynced } };
  } catch (error) {
    return { ...unknown, rename: 'answered', fault: asDeliveryFault(error) };
  }
}

/**
 * An answered rename is believed when the directory does not contradict it. The final name may be gone already, taken
 * by a quick consumer, but then the temporary name must be gone too. `undefined`: contradicted.
 */
async function lookAfter(
  run: DeliveryRun,
  box: RemoteBox,
  temporary: string,
): Promise<Omit<DeliveryEvidence, 'verification'> | undefined> {
  const final = await box.look(run.row.name);
  const left = await box.look(temporary);
  if (typeof left === 'object') return undefined;
  let seen: Likeness = final === 'hidden' ? 'hidden' : 'absent';
  if (typeof final === 'object') {
    if (!final.isFile || final.sizeBytes !== run.row.sizeBytes) return undefined;
    seen = 'same-size';
  }
  return {
    by: 'delivery',
    hostKey: box.hostKey,
    rename: 'answered',
    final: seen,
    temporary: left === 'hidden' ? 'hidden' : 'absent',
  };
}

/** Where the server cannot rename, the first byte under the final name is already published: record that first. */
async function writeInPlace(run: DeliveryRun, box: RemoteBox): Promise<AttemptEnd> {
  run.row = await recorded(run.journal.publishing(run.row, undefined));
  const unknown = { to: 'unknown', verification: 'unverified', rename: 'not-sent' } as const;
  try {
    const { name } = run.row;
    const sent = await box.upload(name, openSealed(run.order), run.row.sizeBytes, run.progress);
    const { verification, seen: final } = await verify(run, box, name, sent);
    return {
      to: 'stored',
      evidence: {
        by: 'delivery',
        hostKey: box.hostKey,
        verification,
        isSynced: sent.isSynced,
        rename: 'not-sent',
        final,
        temporary: 'not-looked',
      },
    };
  } catch (error) {
    const fault = asDeliveryFault(error);
    const wasNeverThere = wasAnswered(fault) && fault.facts['step'] === 'open';
    // The exclusive create met a file that the look before did not show.
    if (wasNeverThere && fault.code === 'temporary-taken') return nameTaken(run, box);
    return { ...unknown, rename: wasNeverThere ? 'refused' : 'not-sent', fault };
  }
}

function nameTaken(run: DeliveryRun, box: RemoteBox): AttemptEnd {
  const evidence = {
    by: 'delivery',
    hostKey: box.hostKey,
    verification: 'unverified',
    rename: 'not-sent',
    final: 'different',
    temporary: 'not-looked',
  } as const;
  return {
    to: 'conflict',
    evidence,
    fault: new DeliveryFault('target-taken', { file: run.row.name }),
  };
}

async function upload(run: DeliveryRun, box: RemoteBox, temporary: string): Promise<UploadResult> {
  let sent: UploadResult;
  try {
    sent = await box.upload(temporary, openSealed(run.order), run.row.sizeBytes, run.progress);
  } catch (error) {
    const fault = asDeliveryFault(error);
    if (fault.code === 'temporary-taken') run.foreign.add(temporary);
    // Created exclusively on this connection, so ours; and it may be what fills the disk.
    else if (wasAnswered(fault)) await box.remove(temporary).catch(() => undefined);
    throw fault;
  }
  if (sent.bytes !== run.row.sizeBytes || sent.sha256 !== run.row.sha256) {
    await box.remove(temporary).catch(() => undefined);
    throw sealedFileDiffers(run, sent);
  }
  return sent;
}

/**
 * Whether the remote file is the sealed file, before anybody may see it. A failed check throws and removes nothing:
 * what is wrong there is evidence.
 */
async function verify(
  run: DeliveryRun,
  box: RemoteBox,
  name: string,
  sent: UploadResult,
): Promise<{ verification: DeliveryEvidence['verification']; seen: Likeness }> {
  const { sizeBytes, sha256 } = run.row;
  if (sent.bytes !== sizeBytes || sent.sha256 !== sha256) throw sealedFileDiffers(run, sent);
  const { remoteBytes } = sent;
  if (remoteBytes !== undefined && remoteBytes !== sizeBytes) {
    throw new DeliveryFault('remote-content-differs', { file: name, sizeBytes, remoteBytes });
  }
  const seen = await compareRemote(run, box, name);
  if (seen === 'same') return { verification: 'read-back', seen };
  const mayBeUnseen = !run.order.endpoint.canReadBack;
  if (seen === 'different' || (seen === 'absent' && !mayBeUnseen)) {
    throw new DeliveryFault('remote-content-differs', { file: name, found: seen });
  }
  return { verification: 'unverified', seen };
}

function sealedFileDiffers(run: DeliveryRun, sent: UploadResult): DeliveryFault {
  const { batch, sizeBytes } = run.row;
  return new DeliveryFault('sealed-file-differs', { batch, sizeBytes, foundBytes: sent.bytes });
}
