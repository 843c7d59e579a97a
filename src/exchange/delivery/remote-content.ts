import type { RemoteBox } from './courier.ts';
import type { DeliveryEvidence } from './delivery-journal.ts';
import type { DeliveryRun } from './delivery-run.ts';

export type Likeness = Exclude<DeliveryEvidence['final'], 'not-looked'>;

/** What a file ought to be. */
export interface ExpectedFile {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/**
 * Compares a file in the recipient's directory with what it ought to be: the sealed file, or `expected`.
 *
 * `same` only when its bytes were read and have our SHA-256, or when it ought to be empty and is; `same-size` when they
 * cannot be read; `different` also for anything that is no regular file. A server that does not tell truly which names
 * are taken is asked for the bytes, and otherwise believed nothing: `hidden`. Throws what the box throws.
 */
export async function compareRemote(
  run: DeliveryRun,
  box: RemoteBox,
  name: string,
  expected: ExpectedFile = run.row,
): Promise<Likeness> {
  const { sizeBytes } = expected;
  const { canReadBack, canList } = run.order.endpoint;
  const sighting = await box.look(name);
  if (typeof sighting !== 'object') {
    if (!canList) return canReadBack ? readUnseen(run, box, name, expected) : 'hidden';
    return sighting === undefined ? 'absent' : 'hidden';
  }
  if (!sighting.isFile || sighting.sizeBytes !== sizeBytes) return 'different';
  if (sizeBytes === 0) return 'same';
  if (!canReadBack) return 'same-size';
  return (await read(run, box, name, expected)) ?? 'absent';
}

async function readUnseen(
  run: DeliveryRun,
  box: RemoteBox,
  name: string,
  expected: ExpectedFile,
): Promise<Likeness> {
  const likeness = await read(run, box, name, expected);
  return likeness === undefined || likeness === 'same-size' ? 'hidden' : likeness;
}

/** `undefined` when there is no such file: taken between the look and the reading. */
async function read(
  run: DeliveryRun,
  box: RemoteBox,
  name: string,
  { sizeBytes, sha256 }: ExpectedFile,
): Promise<Likeness | undefined> {
  const back = await box.readBack(name, sizeBytes, () => run.renew());
  if (back === undefined) return undefined;
  if (back === 'unreadable') return 'same-size';
  return back.bytes === sizeBytes && back.sha256 === sha256 ? 'same' : 'different';
}
