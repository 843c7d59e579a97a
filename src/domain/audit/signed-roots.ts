import type { Frontier } from '../tlog/frontier.ts';
import { sameBytes } from '../tlog/hashes.ts';
import type { VerifierKey } from '../tlog/verifier-key.ts';
import type { SeenNotes } from './log-keys.ts';
import { breach } from './log-verdict.ts';
import type { LogBreach } from './log-verdict.ts';
import { OrderedReader } from './ordered-reader.ts';
import type { Stream } from './ordered-reader.ts';
import { claimedCheckpoint, readKeptCheckpoint } from './signed-checkpoint.ts';
import type { SignedBy } from './signed-checkpoint.ts';
import { Strays } from './strays.ts';
import type { CheckpointSource } from './strays.ts';

export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: Uint8Array;
}

/** A signed checkpoint under the size that its file is named by. */
export type AnchoredCheckpoint = Omit<StoredCheckpoint, 'root'>;

/** Everything that was signed of a log. All but `anchors` in the order of their sizes. */
export interface SignedOfLog {
  readonly checkpoints: Stream<StoredCheckpoint>;
  /** Signed checkpoints that somebody kept: printouts, a reviewer's copy. In any order; they are held. */
  readonly anchors?: Iterable<Uint8Array>;
  /** The anchor of the log under the name that it has. */
  readonly anchored?: Stream<AnchoredCheckpoint>;
  /** What the anchor holds from before each recovery: those that speak for lost entries have to be as the log names them. */
  readonly formerAnchored?: readonly Stream<AnchoredCheckpoint>[];
}

interface Source {
  readonly from: CheckpointSource;
  readonly reader: OrderedReader<AnchoredCheckpoint & Partial<StoredCheckpoint>>;
}

/** Checkpoints that agree with the log, of one source and the same signers between two changes of keys. */
export interface SeenCheckpoints extends SeenNotes {
  readonly from: CheckpointSource;
}

/** Compares the root of a growing log with what was signed at each size, reading along; what it holds does not grow with either. */
export class SignedRoots {
  readonly #keys: readonly VerifierKey[];
  readonly #sources: readonly Source[];
  readonly #seen = new Map<string, SeenCheckpoints & { last: number }>();
  /** Those that contradict the entries, and those of more entries than there are: a recovery may name them as lost. */
  readonly strays = new Strays();
  readonly beyond = new Strays();
  /** The smallest size from outside that only unknown keys signed. */
  unknown: number | undefined;
  /** The smallest size that something waits for. */
  due = 0;
  signedTo = 0;
  anchoredTo = 0;

  private constructor(keys: readonly VerifierKey[], sources: readonly Source[]) {
    this.#keys = keys;
    this.#sources = sources;
  }

  /** Reads the first of each source; a breach where a checkpoint that was given is none. */
  static async open(
    signed: SignedOfLog,
    keys: readonly VerifierKey[],
  ): Promise<SignedRoots | LogBreach> {
    const given: AnchoredCheckpoint[] = [];
    for (const note of signed.anchors ?? []) {
      const size = claimedCheckpoint(note)?.size;
      if (size === undefined) return breach('anchor-malformed', {});
      given.push({ size, note });
    }
    given.sort((one, other) => one.size - other.size);
    const streams: readonly (readonly [CheckpointSource, Stream<AnchoredCheckpoint>])[] = [
      ['store', signed.checkpoints],
      ['kept', given],
      ['kept', signed.anchored ?? []],
      ...(signed.formerAnchored ?? []).map((stream) => ['former', stream] as const),
    ];
    const sources: Source[] = [];
    for (const [from, stream] of streams) {
      sources.push({ from, reader: await OrderedReader.open(stream, ({ size }) => size) });
    }
    return new SignedRoots(keys, sources);
  }

  get seen(): readonly SeenCheckpoints[] {
    return [...this.#seen.values()];
  }

  /** Compares what is due with the root so far. `epoch` is how many changes of keys there were below this size. */
  async check(frontier: Frontier, epoch: number): Promise<LogBreach | undefined> {
    const root = frontier.root();
    for (const { from, reader } of this.#sources) {
      while (reader.place <= frontier.size) {
        const checkpoint = this.#read(await reader.take(), from, frontier.size);
        if (checkpoint === undefined) continue;
        if ('holds' in checkpoint) return checkpoint;
        if (sameBytes(checkpoint.root, root)) this.#add(checkpoint, from, epoch);
        else if (from === 'store') {
          return breach('checkpoint-inconsistent', { size: frontier.size });
        } else this.strays.add({ checkpoint, from });
      }
    }
    this.due = Math.min(...this.#sources.map(({ reader }) => reader.place));
    return undefined;
  }

  /** Reads what is left once the log of `entries` is over. */
  async checkRest(entries: number): Promise<LogBreach | undefined> {
    for (const { from, reader } of this.#sources) {
      while (reader.place < Infinity) {
        const checkpoint = this.#read(await reader.take(), from, entries + 1);
        if (checkpoint === undefined) continue;
        if ('holds' in checkpoint) return checkpoint;
        if (from === 'store') this.signedTo = checkpoint.size;
        else this.beyond.add({ checkpoint, from });
      }
    }
    return undefined;
  }

  /**
   * Undefined where only keys signed that nobody knows here. One of a size below `sizeMin` is not in its place: a source in
   * another order would hide one behind another.
   */
  #read(
    { size, note, root }: AnchoredCheckpoint & Partial<StoredCheckpoint>,
    from: CheckpointSource,
    sizeMin: number,
  ): SignedBy | LogBreach | undefined {
    const checkpoint = readKeptCheckpoint(note, this.#keys);
    if (checkpoint === 'unknown-key' && from !== 'store') {
      this.unknown ??= size;
      return undefined;
    }
    if (typeof checkpoint === 'string') {
      return flawOf(from, checkpoint === 'unknown-key' ? 'bad-signature' : checkpoint, size);
    }
    const isAsStored = root === undefined || sameBytes(checkpoint.root, root);
    if (checkpoint.size === size && size >= sizeMin && isAsStored) return checkpoint;
    return from === 'store'
      ? breach('checkpoint-altered', { size })
      : flawOf(from, 'malformed', size);
  }

  #add({ size, signers }: SignedBy, from: CheckpointSource, epoch: number): void {
    const name = [from, epoch, ...signers.map((key) => this.#keys.indexOf(key))].join();
    const seen = this.#seen.get(name);
    if (seen === undefined) this.#seen.set(name, { from, size, last: size, signers });
    else seen.last = size;
    if (from === 'store') this.signedTo = size;
    else this.anchoredTo = size;
  }
}

function flawOf(
  from: CheckpointSource,
  flaw: 'malformed' | 'bad-signature' | 'other-log',
  size: number,
): LogBreach {
  return breach(`${from === 'store' ? 'checkpoint' : 'anchor'}-${flaw}`, { size });
}
