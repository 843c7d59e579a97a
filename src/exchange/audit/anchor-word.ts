import { anchoredSize } from '../../domain/audit/anchor.ts';
import {
  ANCHOR_STATEMENT_MS,
  encodeAnchorStatement,
  isAnchorStillSaid,
} from '../../domain/audit/anchor-statement.ts';
import type { AnchorStatement } from '../../domain/audit/anchor-statement.ts';
import { AuditFault } from '../../domain/audit/errors.ts';
import { toHex } from '../../domain/audit/hex.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { rootAt } from '../../domain/tlog/tree.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { signatureName } from '../acts/papers.ts';
import type { Papers } from '../acts/papers.ts';
import { verifyStatement } from '../acts/sign-statement.ts';
import type { Signatures } from '../acts/signatures.ts';
import { assertConfigurationSigned } from '../configuration/assert-configuration-signed.ts';
import type { ConfigurationProofPorts } from '../configuration/assert-configuration-signed.ts';
import type { Configuration, LoadedConfiguration } from '../configuration/configuration.ts';
import type { Anchor } from './anchor.ts';
import { newestRecorded } from './compare-anchor.ts';
import type { LogBook } from './log-book.ts';
import { verifierKeysOf } from './log-keys.ts';

/** The statement's name in its directory. */
export const anchorStatementName = 'anchor.json';

export interface AnchorWordPorts extends ConfigurationProofPorts {
  readonly configuration: Configuration;
  readonly signatures: Signatures;
  readonly log: LogBook;
  readonly anchor: Anchor;
  readonly anchorPapers: Papers<AnchorStatement>;
}

export interface SecondOfficer {
  readonly second: string | undefined;
  /** Detached, over the statement that a first try wrote. */
  readonly secondSignature: Uint8Array | undefined;
}

/** What the leaf binds of it. */
export interface AnchorWord {
  readonly second: string;
  readonly fingerprint: string;
  readonly statement: string;
  readonly signature: string;
}

/**
 * The other officer's signature over which directory the log is to be held against, and from which checkpoint on. Asked
 * for in a live workspace whose configuration two officers approved: a drill, and a workspace before that, have nobody who
 * would have to be asked. Whether it was approved is told by log and signatures, and not by the rows alone, which whoever
 * wants to do without could delete.
 *
 * Throws `anchor-second-required` without another officer or their signature, `anchor-second-same` for the same person or
 * certificate, `anchor-statement-old` where no such statement waits, and what `assertConfigurationSigned`,
 * `actingOfficer`, `encodeAnchorStatement` and `verifyStatement` throw.
 */
export async function secondWordOnAnchor(
  ports: AnchorWordPorts,
  refill: { readonly requester: Officer; readonly reason: string },
  { second: id, secondSignature: signature }: SecondOfficer,
): Promise<AnchorWord | undefined> {
  if (ports.facts.mode !== 'live') return undefined;
  const loaded = await ports.configuration.load();
  await assertConfigurationSigned(ports);
  if (!loaded.isApproved) return undefined;
  if (id === undefined) throw new AuditFault('anchor-second-required');
  const now = ports.clock.now();
  const second = actingOfficer(loaded.officers, id, 'approver', now);
  const { requester } = refill;
  if (second.id === requester.id || second.fingerprint === requester.fingerprint) {
    throw new AuditFault('anchor-second-same', { officer: second.id });
  }
  const current = await statementOf(ports, loaded, { ...refill, second, now });
  const papers = await ports.anchorPapers.waiting();
  const paper = papers.find(({ statement }) => isAnchorStillSaid(statement, current, now));
  if (signature === undefined) {
    const path = paper?.path ?? (await write(ports, current));
    throw new AuditFault('anchor-second-required', { path });
  }
  if (paper === undefined) {
    throw new AuditFault('anchor-statement-old', { path: await write(ports, current) });
  }
  await verifyStatement(ports, second, paper.bytes, signature);
  await ports.anchorPapers.put(paper.digest, signatureName(second.id), signature);
  return {
    ...{ second: second.id, fingerprint: second.fingerprint },
    ...{ statement: paper.digest, signature: digestOf(signature) },
  };
}

function write({ anchorPapers }: AnchorWordPorts, statement: AnchorStatement): Promise<string> {
  const bytes = encodeAnchorStatement(statement);
  return anchorPapers.put(digestOf(bytes), anchorStatementName, bytes);
}

async function statementOf(
  { facts, log, anchor }: AnchorWordPorts,
  { settings }: LoadedConfiguration,
  by: {
    readonly requester: Officer;
    readonly reason: string;
    readonly second: Officer;
    readonly now: Date;
  },
): Promise<AnchorStatement> {
  const origin = verifierKeysOf(facts)[0]!.name;
  const recorded = await newestRecorded(log, origin);
  const newest = (await anchor.names(origin)).at(-1);
  return {
    type: 'mimamori/anchor-refill/v1',
    ...{ workspace: facts.id, mode: facts.mode, vkey: facts.vkey },
    anchor: settings.log.anchor ?? '',
    size: recorded?.size ?? 0,
    root: toHex(recorded?.root ?? rootAt(0, () => undefined)),
    anchored: newest === undefined ? 0 : anchoredSize(newest),
    ...{ requester: by.requester.id, officer: by.second.id, reason: by.reason },
    at: by.now.toISOString(),
    validUntil: new Date(by.now.getTime() + ANCHOR_STATEMENT_MS).toISOString(),
  };
}
