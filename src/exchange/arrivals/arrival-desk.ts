import { ARRIVALS_BYTES_MAX, ARRIVALS_MAX } from '../../domain/arrivals/arrival-limits.ts';
import type { ArrivalWay } from '../../domain/arrivals/arrival-limits.ts';
import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { isFault } from '../../domain/fault.ts';
import { shownName } from '../../domain/arrivals/arrival-name.ts';
import type { Ids } from '../workspace/ids.ts';
import type { Clock } from '../workspace/clock.ts';
import { ourOpenpgpKeys } from '../keys/own-keys.ts';
import type { PublicKeys } from '../keys/public-keys.ts';
import type { ArrivalBook, NewArrival } from './arrival-book.ts';
import type { ArrivalFiles, ArrivalSeals } from './arrival-files.ts';
import { ArrivingFile, NotTaken } from './arriving-file.ts';
import type { RefusalCode } from './arriving-file.ts';

export interface ArrivalPorts {
  readonly arrivals: ArrivalBook;
  readonly arrivalFiles: ArrivalFiles;
  readonly seals: ArrivalSeals;
  readonly ids: Pick<Ids, 'arrival'>;
  readonly publicKeys: Pick<PublicKeys, 'openpgp'>;
  readonly facts: Parameters<typeof ourOpenpgpKeys>[0]['facts'];
  readonly ownKeys: Parameters<typeof ourOpenpgpKeys>[0]['ownKeys'];
  readonly clock: Clock;
}

/** Where a file came from: whose it is, and how we know. */
export interface ArrivalSource {
  /** Of a source that was brought: whose box it is, also a sender's. */
  readonly recipient: string;
  readonly way: ArrivalWay;
  /** Where the leaf says it happened: `pickup:<address>`, or the origin of the command. */
  readonly origin: string;
  /** Of the box: the key they proved to hold. */
  readonly key?: string;
}

/**
 * Begins to take in a file that has to be encrypted to a key of ours that may still be used, or, where `takesClear`, that
 * is encrypted to the one in use as it comes.
 */
export async function beginArrival(ports: ArrivalPorts, takesClear = false): Promise<ArrivingFile> {
  const keys = (await ourOpenpgpKeys(ports)).filter(({ state }) => state !== 'retired');
  const certificates = await Promise.all(
    keys.map(({ number }) => ports.publicKeys.openpgp(number)),
  );
  const watch = await ports.seals.watch(certificates);
  // The first is the one in use.
  const sealClear = takesClear ? () => ports.seals.seal(certificates[0]!) : undefined;
  return new ArrivingFile(ports.ids.arrival(), ports.arrivalFiles, watch, sealClear);
}

/**
 * Keeps a file that came whole, with its leaf; one that is here already is dropped. Whether it is new. Throws NotTaken,
 * and what writing throws; then nothing is left of it, but where nobody knows whether its row was stored.
 */
export async function keepArrival(
  { arrivals, clock }: Pick<ArrivalPorts, 'arrivals' | 'clock'>,
  file: ArrivingFile,
  { recipient, way, origin, key }: ArrivalSource,
  name: string,
): Promise<boolean> {
  try {
    const sha256 = await file.keep();
    const { id, bytes, clearBytes } = file;
    const told = { id, recipient, way, key, name, sha256, bytes, clearBytes };
    const row = { ...told, arrivedAt: clock.now() };
    const isNew = await arrivals.add(row, { draft: arrivedDraft(row, origin) });
    if (!isNew) await file.drop();
    return isNew;
  } catch (error) {
    // Its row may be there all the same when the disk is well again, and the sender is told that the file is known: its
    // bytes have to be there, too. Without a row they are swept.
    if (isFault(error) && error.code === 'store-io-failed') file.leave();
    await file.drop();
    throw error;
  }
}

function arrivedDraft(
  { id, recipient, way, key, sha256, bytes, clearBytes }: NewArrival,
  origin: string,
): LeafDraft {
  const told = { arrival: id, sha256, bytes, key };
  const done = { actor: 'system', result: 'done', origin } as const;
  return way === 'sources'
    ? {
        ...done,
        ...{ act: 'source-brought', object: `box:${recipient}`, data: { ...told, box: recipient } },
      }
    : {
        ...{ ...done, act: 'answer-arrived', object: `recipient:${recipient}` },
        data: { ...told, recipient, by: way, clearBytes },
      };
}

/** Records a file that was not taken. `name` as the other side tells it. */
export async function noteNotTaken(
  { arrivals, ids, clock }: Pick<ArrivalPorts, 'arrivals' | 'ids' | 'clock'>,
  { recipient, way, origin }: ArrivalSource,
  name: string,
  code: RefusalCode,
): Promise<void> {
  const row = { recipient, way, name: shownName(name), code, refusedAt: clock.now() };
  const refused = { actor: 'system', result: 'refused', origin } as const;
  const draft: LeafDraft =
    way === 'sources'
      ? {
          ...{ ...refused, act: 'source-not-taken', object: `box:${recipient}` },
          data: { box: recipient, code },
        }
      : {
          ...{ ...refused, act: 'answer-refused', object: `recipient:${recipient}` },
          data: { recipient, by: way, code },
        };
  await arrivals.refuse({ id: ids.arrival(), ...row }, { draft });
}

/**
 * Throws NotTaken `arrival-box-full` where `more`, besides what lies here, is more than may lie here: of answers, or, of
 * `sources`, apart from them.
 */
export async function assertRoom(
  arrivals: Pick<ArrivalBook, 'lying'>,
  { recipient, way }: Pick<ArrivalSource, 'recipient' | 'way'>,
  more: { readonly files: number; readonly bytes: number },
): Promise<void> {
  const { files, bytes } = await arrivals.lying(recipient, way);
  const isFull = files + more.files > ARRIVALS_MAX || bytes + more.bytes > ARRIVALS_BYTES_MAX;
  if (isFull) throw new NotTaken('arrival-box-full');
}

/** Removes files that no row tells of: their process ended between the two. */
export async function sweepArrivals({
  arrivals,
  arrivalFiles,
}: Pick<ArrivalPorts, 'arrivals' | 'arrivalFiles'>): Promise<void> {
  for (const id of await arrivalFiles.listOld()) {
    const state = (await arrivals.get(id))?.state;
    if (state !== 'arrived' && state !== 'quarantined') await arrivalFiles.remove(id);
  }
}
