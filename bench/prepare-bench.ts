import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { writeOrders } from './generate.ts';
import { measuredRun } from './measured-run.ts';
import type { Measured } from './measured-run.ts';
import type { Scratch } from './scratch.ts';
import { peerSettings, prefixCsv } from './shop.ts';
import type { FileKind } from './shop.ts';
import { cardsDigest } from './sealed-cards.ts';
import type { CardsDigest } from './sealed-cards.ts';
import { dirtySpec } from './workspace.ts';
import type { Workspace } from './workspace.ts';

const peerProgram = fileURLToPath(new URL('./peer.py', import.meta.url));

/** What both sides must agree on. */
interface Counts {
  readonly read: number;
  readonly cards: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly held: Readonly<Record<string, number>>;
  readonly recipients: Readonly<Record<string, number>>;
}

export interface PrepareRuns {
  readonly kind: FileKind;
  readonly records: number;
  readonly bytes: number;
  readonly counts: Counts;
  readonly ours: readonly Measured[];
  readonly peer: readonly Measured[];
}

/**
 * `handoff prepare` and the peer on the same file, in turns. Throws when their counts differ, or when what the
 * recipients decrypt is not the same set of cards.
 */
export class PrepareBench {
  readonly #scratch: Scratch;
  readonly #workspace: Workspace;

  constructor(scratch: Scratch, workspace: Workspace) {
    this.#scratch = scratch;
    this.#workspace = workspace;
  }

  async run(
    kind: FileKind,
    records: number,
    runs: number,
    onRun: (said: string) => void,
  ): Promise<PrepareRuns> {
    const path = this.#scratch.path(`${kind}.csv`);
    writeOrders({ kind, records, path });
    const ours: Measured[] = [];
    const peer: Measured[] = [];
    let counts: Counts | undefined;
    for (let run = 1; run <= runs; run++) {
      const own = await this.#ours(kind, path);
      ours.push(own.measured);
      const other = await this.#peer(kind, path);
      peer.push(other.measured);
      assertEqual(`counts of the ${kind} file`, own.counts, other.counts);
      if (counts === undefined) await this.#assertSameCards(own.files);
      counts = own.counts;
      onRun(`${kind} ${records} ${run}/${runs}: ours ${seconds(own)}, peer ${seconds(other)}`);
    }
    const bytes = statSync(path).size;
    rmSync(path);
    return { kind, records, bytes, counts: counts!, ours, peer };
  }

  async #ours(
    kind: FileKind,
    path: string,
  ): Promise<{ measured: Measured; counts: Counts; files: Readonly<Record<string, string>> }> {
    const incident = await this.#workspace.openIncident();
    const source = kind === 'dirty' ? `${path}=${dirtySpec(this.#scratch)}` : path;
    const measured = await this.#workspace.run([
      ...['handoff', 'prepare', '--incident', incident, '--source', source],
    ]);
    const document = JSON.parse(measured.output) as Omit<Counts, 'recipients'> & {
      readonly batches: readonly { recipient: string; file: string; cards: number }[];
    };
    const { read, cards, excluded, held, batches } = document;
    const sent = batches.map(({ recipient, cards: own }) => [recipient, own] as const);
    const outbox = this.#scratch.path('workspace', 'data', 'outbox');
    const files = batches.map(({ recipient, file }) => [recipient, join(outbox, file)] as const);
    return {
      measured,
      counts: { read, cards, excluded, held, recipients: Object.fromEntries(sent) },
      files: Object.fromEntries(files),
    };
  }

  async #peer(kind: FileKind, path: string): Promise<{ measured: Measured; counts: Counts }> {
    const { gpg, signer } = await this.#workspace.peer();
    const settings = this.#put(`${kind}.json`, peerSettings(kind));
    const prefixes = this.#put('prefixes.csv', prefixCsv());
    const to = [...this.#workspace.recipients].map(
      ([id, { fingerprint }]) => `${id}=${fingerprint}`,
    );
    const measured = await measuredRun(this.#scratch, 'python3', [
      ...[peerProgram, settings, prefixes, path, this.#scratch.folder, gpg.path, signer, ...to],
    ]);
    return { measured, counts: JSON.parse(measured.output) as Counts };
  }

  /** Both sides' files, decrypted by their recipients, hold the same cards. */
  async #assertSameCards(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [id, { gpg }] of this.#workspace.recipients) {
      const opened = async (file: string | undefined): Promise<CardsDigest> =>
        cardsDigest(file ? (await gpg.decrypt(readFileSync(file))).output : new Uint8Array(0));
      const peer = await opened(this.#scratch.path(`${id}.pgp`));
      assertEqual(`cards of ${id}`, await opened(files[id]), peer);
    }
  }

  #put(name: string, content: string): string {
    const path = this.#scratch.path(name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }
}

function seconds({ measured }: { readonly measured: Measured }): string {
  return `${measured.seconds.toFixed(2)} s`;
}

function assertEqual(what: string, ours: unknown, peer: unknown): void {
  const [left, right] = [JSON.stringify(sorted(ours)), JSON.stringify(sorted(peer))];
  if (left !== right) throw new Error(`${what} differ\n  ours ${left}\n  peer ${right}`);
}

/** Keys in one order, at every depth. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
