import type { LeafDraft } from '../../domain/audit/leaf.ts';

/**
 * How an act enters the log: its leaf, and free texts that stand outside it. Each text is bound by the leaf field of
 * the same name, which is computed from the leaf's salt when the act commits.
 */
export interface ActRecord {
  readonly draft: LeafDraft;
  readonly texts?: Readonly<Record<string, string>>;
}
