import { ArrivalsFault } from '../../domain/arrivals/errors.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { SourceRequest } from '../handoff/card-process.ts';
import type { Arrival, ArrivalBook } from './arrival-book.ts';
import type { ArrivalFiles } from './arrival-files.ts';

interface Ports {
  readonly arrivals: Pick<ArrivalBook, 'get'>;
  readonly arrivalFiles: Pick<ArrivalFiles, 'pathOf'>;
}

/** How a source that was brought is named where a path may stand; a file of such a name is `./inbox:…`. */
const PREFIX = 'inbox:';

/** A source that somebody brought, and where its bytes lie. */
export interface WaitingSource {
  readonly arrival: Arrival;
  readonly path: string;
}

/** Undefined for a path. Throws `brought-source-absent` where no source of that id waits: an answer is none. */
export async function broughtSource(
  { arrivals, arrivalFiles }: Ports,
  named: string,
): Promise<WaitingSource | undefined> {
  if (!named.startsWith(PREFIX)) return undefined;
  const id = named.slice(PREFIX.length);
  const arrival = await arrivals.get(id);
  const isSource = arrival?.way === 'sources';
  if (isSource && arrival.state === 'arrived') return { arrival, path: arrivalFiles.pathOf(id) };
  const what = isSource ? 'cleared' : arrival === undefined ? 'unknown' : 'answer';
  throw new ArrivalsFault('brought-source-absent', { id, what });
}

/**
 * The sources with, for each that was brought, where it lies and how it came. Throws as `broughtSource`, and `usage` where
 * it is said besides how one of them came.
 */
export async function withBrought<Source extends SourceRequest & { readonly name: string }>(
  ports: Ports,
  sources: readonly Source[],
): Promise<readonly Source[]> {
  const found: Source[] = [];
  for (const source of sources) {
    const waiting = await broughtSource(ports, source.path);
    if (waiting === undefined) {
      found.push(source);
      continue;
    }
    if (source.spec.received !== undefined) {
      throw new WorkspaceFault('usage', { option: '--received', expected: 'nothing: it is known' });
    }
    const { id, recipient: box, key = '', sha256, name } = waiting.arrival;
    found.push({ ...source, path: waiting.path, name, brought: { source: id, box, key, sha256 } });
  }
  return found;
}

/**
 * Refuses, after they were read: bytes that are not those that came, and what came through a box and was signed by another
 * than whose box it is. Only a recipient who has a box may pass on what others signed; whose box it was before their entry
 * was removed may not. What nobody signed is the officer's decision, as it is of any source.
 *
 * Throws `brought-source-changed`, `brought-source-of-other`.
 */
export function assertAsBrought(
  sources: readonly SourceRequest[],
  read: readonly { readonly sha256: string; readonly sender?: string | undefined }[],
  recipients: readonly Pick<Recipient, 'id' | 'endpoints'>[],
): void {
  for (const [at, { brought }] of sources.entries()) {
    if (brought === undefined) continue;
    const { sha256, sender } = read[at]!;
    const facts = { id: brought.source, source: at + 1 };
    if (sha256 !== brought.sha256) throw new ArrivalsFault('brought-source-changed', facts);
    const { box } = brought;
    const passesOn = recipients.some(
      ({ id, endpoints }) => id === box && endpoints.some(({ kind }) => kind === 'pickup'),
    );
    if (!passesOn && sender !== undefined && sender !== box) {
      throw new ArrivalsFault('brought-source-of-other', { ...facts, box, sender });
    }
  }
}
