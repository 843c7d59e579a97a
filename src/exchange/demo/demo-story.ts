import type { LogVerdict } from '../../domain/audit/log-verdict.ts';
import type { Delivered } from '../delivery/deliver-handoff.ts';
import type { DemoReceipt, DemoSource } from './demo-partners.ts';
import type { Prepared } from '../handoff/prepare-handoff.ts';
import type { MadeWorkspace } from '../workspace/workspace-maker.ts';

/** The scenes of the demo, in their order. */
export const demoScenes = [
  'workspace',
  'people',
  'sources',
  'incident',
  'prepare',
  'request',
  'refusal',
  'approve',
  'deliver',
  'receive',
  'verify',
] as const;
export type DemoScene = (typeof demoScenes)[number];

/** What a scene came to, for the one line that tells it. */
export type DemoNews =
  | { readonly scene: 'workspace'; readonly id: string; readonly fingerprint: string }
  | { readonly scene: 'people'; readonly ids: readonly string[] }
  | { readonly scene: 'sources'; readonly sources: readonly DemoSource[] }
  | {
      readonly scene: 'incident';
      readonly id: string;
      readonly name: string;
      readonly ranges: number;
    }
  | { readonly scene: 'prepare'; readonly prepared: Prepared }
  | { readonly scene: 'request'; readonly officer: string; readonly planSha256: string }
  | { readonly scene: 'refusal'; readonly officer: string; readonly code: string | undefined }
  | { readonly scene: 'approve'; readonly officer: string; readonly planSha256: string }
  | { readonly scene: 'deliver'; readonly delivered: Delivered }
  | { readonly scene: 'receive'; readonly receipts: readonly DemoReceipt[] }
  | { readonly scene: 'verify'; readonly verdict: LogVerdict };

/** What has to hold at the end; anything else is a bug, and the demo says so. */
export const demoChecks = [
  'tally-adds-up',
  'planted-is-found',
  'own-approval-is-refused',
  'files-are-stored',
  'received-is-sent',
  'log-holds',
] as const;
export type DemoCheck = (typeof demoChecks)[number];

/** The whole demo, told from its end. */
export interface DemoStory {
  readonly workspace: MadeWorkspace;
  readonly sources: readonly DemoSource[];
  readonly prepared: Prepared;
  readonly approver: string;
  /** Code with which the requester's own approval was refused; undefined when it was not. */
  readonly refusal: string | undefined;
  readonly delivered: Delivered;
  readonly receipts: readonly DemoReceipt[];
  readonly verdict: LogVerdict;
  readonly checks: Readonly<Record<DemoCheck, boolean>>;
}

/** Holds the end of the story against what the partners know. Throws nothing. */
export function checkStory(story: Omit<DemoStory, 'checks'>): DemoStory['checks'] {
  const { prepared, sources, delivered, receipts, refusal, verdict } = story;
  const { read, cards, excluded, held, batches } = prepared.result;
  const found = { card: cards, ...excluded, ...held };
  return {
    'tally-adds-up': read === cards + sumOf(excluded) + sumOf(held),
    'planted-is-found': isSame(found, addUp(sources.map(({ planted }) => planted))),
    'own-approval-is-refused': refusal === 'approver-is-requester',
    'files-are-stored': delivered.reports.every(({ state }) => state === 'stored'),
    'received-is-sent':
      receipts.length === batches.length &&
      batches.every((batch) => receipts.some((receipt) => isReceived(batch, receipt, story))),
    'log-holds': verdict.holds && verdict.signedTo === verdict.entries,
  };
}

type Batch = Prepared['result']['batches'][number];

function isReceived(
  batch: Batch,
  receipt: DemoReceipt,
  { workspace }: Pick<DemoStory, 'workspace'>,
): boolean {
  return (
    receipt.recipient === batch.recipient &&
    receipt.sha256 === batch.sha256 &&
    receipt.cards === batch.cards &&
    receipt.announced === batch.cards &&
    receipt.mode === 'TEST' &&
    receipt.signedBy === workspace.openpgpFingerprint
  );
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function addUp(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, count] of all.flatMap((counts) => Object.entries(counts))) {
    sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}

function isSame(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? 0) === (other[name] ?? 0));
}
