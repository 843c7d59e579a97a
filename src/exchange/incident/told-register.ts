import type { WordChannel } from '../../domain/handoff/persons-word.ts';
import type { Party, Told } from '../../domain/readiness/statements.ts';
import type { WaiverTerms } from '../../domain/waivers/waiver-terms.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { WordEvidence } from '../delivery/word-register.ts';

/** Something that was told about an incident's card companies, or of our own desk. */
export interface Statement {
  readonly incident: string;
  readonly party: Party;
  readonly told: Told;
  /** From 1 per incident, party and subject; the highest counts. */
  readonly revision: number;
  /** When it was said. */
  readonly saidAt: Date;
  /** Undefined for what we say ourselves. */
  readonly channel: WordChannel | undefined;
  /** Who said it, as noted; undefined once purged, and for what we say ourselves. */
  readonly by: string | undefined;
  /** Terms of a waiver, as told. */
  readonly terms: string | undefined;
  /** Of a waiver: when it holds, and how it is invoiced; as told. */
  readonly condition?: string | undefined;
  readonly invoice?: string | undefined;
  /** Of a waiver: what was named of fee, amounts and days. */
  readonly waiver?: WaiverTerms | undefined;
  readonly reason: string | undefined;
  readonly officer: string;
  readonly recordedAt: Date;
  readonly evidence: WordEvidence | undefined;
  /** The list that asked for a waiver; left out for what somebody said. */
  readonly batch?: string;
}

/** Texts stand with the leaf. */
export type NewStatement = Omit<
  Statement,
  'by' | 'terms' | 'condition' | 'invoice' | 'reason' | 'batch'
>;

/** What was told before a notice is published. Only ever added to. */
export interface ToldRegister {
  /**
   * Commits with its leaf, and with `change` (the evidence put in its place) run before the commit. Throws
   * ReadinessFault `statement-changed` when this party and subject have a statement of this revision already.
   */
  add(statement: NewStatement, act: ActRecord, change: () => Promise<unknown>): Promise<void>;
  /** All of an incident, the older ones of a party and subject first. */
  ofIncident(incident: string): Promise<readonly Statement[]>;
  /** Incidents about which anything was told. */
  incidents(): Promise<readonly string[]>;
}
