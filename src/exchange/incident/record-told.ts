import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { WordChannel } from '../../domain/handoff/persons-word.ts';
import { PersonsWordFault } from '../../domain/handoff/word-errors.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { ReadinessFault } from '../../domain/readiness/errors.ts';
import { needsReason } from '../../domain/readiness/statements.ts';
import type { Party, Told, WaiverState } from '../../domain/readiness/statements.ts';
import { mayFollow } from '../../domain/waivers/waiver-steps.ts';
import type { WaiverTerms } from '../../domain/waivers/waiver-terms.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { incidentReadiness } from './incident-readiness.ts';
import type { ReadinessPorts } from './incident-readiness.ts';
import type { IssuerReadiness } from './issuer-readiness.ts';
import { latestOf } from './latest-statements.ts';
import { evidenceOf } from '../delivery/record-word.ts';
import type { WordRequest } from '../delivery/record-word.ts';
import type { NewStatement, Statement } from './told-register.ts';

type Ports = ReadinessPorts & {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly folder: IncidentDocuments;
};

export interface IncidentDocuments {
  /** Puts evidence into `data/incidents/<id>/`, for its owner alone. */
  putIncidentDocument(incident: string, name: string, bytes: Uint8Array): Promise<string>;
}

export interface ToldRequest {
  readonly incident: string;
  readonly party: Party;
  readonly told: Told;
  readonly saidAt: Date | undefined;
  /** Who said it and how; both undefined for what we say of our own desk. */
  readonly channel: WordChannel | undefined;
  readonly by: string | undefined;
  readonly terms: string | undefined;
  /** Of a waiver: when it holds, and how it is invoiced, as told. */
  readonly condition?: string | undefined;
  readonly invoice?: string | undefined;
  /** Of a waiver: what was named of fee, amounts and days. */
  readonly waiver?: WaiverTerms | undefined;
  readonly evidence: WordRequest['evidence'];
  readonly officer: string | undefined;
  readonly reason: string | undefined;
}

/**
 * Records what a card company, or whoever speaks for it, told us before a notice is published; or that our desk was
 * briefed. A later statement takes the place of an earlier one, which is kept; to contradict one takes a reason. Also of
 * a closed incident: card companies go on answering.
 *
 * Throws `incident-unknown`, `party-unknown`, `word-in-future`, `reason-required`, `waiver-step`, `statement-unrecorded`,
 * `statement-changed`, `evidence-empty`, `evidence-holds-card`, and what `actingOfficer` throws.
 */
export async function recordTold(ports: Ports, request: ToldRequest): Promise<NewStatement> {
  const { officers } = await ports.configuration.load();
  const now = ports.clock.now();
  const { told, channel, reason } = request;
  const officer = actingOfficer(
    officers,
    request.officer,
    told.subject === 'desk' ? 'desk' : 'officer',
    now,
  );
  const { incident, issuers } = await incidentReadiness(ports, request.incident);
  const party = knownParty(incident, issuers, request.party);
  const saidAt = request.saidAt ?? now;
  if (saidAt.getTime() > now.getTime()) throw new PersonsWordFault('word-in-future');
  const before = latestOf(await ports.told.ofIncident(incident.id))(party, told.subject);
  if (told.outcome === 'withdrawn' && (before?.told.outcome ?? 'withdrawn') === 'withdrawn') {
    throw new ReadinessFault('statement-unrecorded', { incident: incident.id, what: told.subject });
  }
  const standing = standingFor(issuers, party, before, told);
  for (const each of standing) assertStep(incident.id, party, each?.told, told);
  if (standing.some((each) => needsReason(each?.told, told)) && reason === undefined) {
    throw new DecisionFault('reason-required', { act: told.subject });
  }
  const evidence = evidenceOf(told.subject, request.evidence);
  const statement: NewStatement = {
    ...{ incident: incident.id, party, told, saidAt, channel, evidence },
    waiver: request.waiver,
    revision: (before?.revision ?? 0) + 1,
    ...{ officer: officer.id, recordedAt: now },
  };
  const act = actOf(ports.origin, statement, before?.told.outcome, request);
  await ports.told.add(statement, act, async () => {
    if (evidence === undefined) return;
    await ports.folder.putIncidentDocument(incident.id, evidence.file, request.evidence!.bytes);
  });
  return statement;
}

/**
 * What a statement is judged by. A waiver of an issuer of which only its recipients spoke stands as they said, with each
 * of them: it would take the place of theirs.
 */
export function standingFor(
  issuers: readonly IssuerReadiness[],
  { kind, name }: Party,
  before: Statement | undefined,
  { subject }: Pick<Told, 'subject'>,
): readonly (Statement | undefined)[] {
  if (kind !== 'issuer' || subject !== 'waiver') return [before];
  const rows = issuers.filter(({ issuer }) => issuer === name);
  return [before ?? rows.map(({ statements }) => statements.waiver)].flat();
}

/** As it stands in the issuer table, however it was typed: a statement about a name that is nobody's would never show. */
export function knownParty(
  incident: Incident,
  issuers: readonly { readonly recipient: string; readonly issuer: string }[],
  { kind, name }: Party,
): Party {
  if (kind === 'desk') return { kind, name: '' };
  const routed = [
    ...(incident.default_recipient === undefined ? [] : [incident.default_recipient]),
    ...incident.routes.map(({ recipient }) => recipient),
  ];
  const known =
    kind === 'issuer'
      ? issuers.map(({ issuer }) => issuer)
      : [...issuers.map(({ recipient }) => recipient), ...routed];
  const found = known.find((candidate) => normal(candidate) === normal(name));
  if (found !== undefined) return { kind, name: found };
  const facts = { incident: incident.id, party: name === '' ? 'unknown' : name };
  const others = [...new Set(known)].map((candidate) => (candidate === '' ? 'unknown' : candidate));
  throw new ReadinessFault('party-unknown', { ...facts, known: others });
}

/** Terms go into the leaf as they are: words of closed lists, amounts and days. */
function namedOf(waiver: WaiverTerms = {}): Record<string, string | number | undefined> {
  const { from: validFrom, until: validUntil, ...named } = waiver;
  return { ...named, validFrom, validUntil };
}

/** Throws `waiver-step` where a waiver cannot have got from the one state to the other. */
function assertStep(incident: string, party: Party, before: Told | undefined, after: Told): void {
  if (after.subject !== 'waiver') return;
  const from = waiverStateIn(before);
  if (mayFollow(from, after.outcome)) return;
  const name = party.name === '' ? 'unknown' : party.name;
  throw new ReadinessFault('waiver-step', { incident, party: name, from, to: after.outcome });
}

/** Of which nothing was told, nobody asked. */
export function waiverStateIn(told: Told | undefined): WaiverState {
  return told?.subject === 'waiver' ? told.outcome : 'not-requested';
}

function normal(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

function actOf(
  origin: string,
  statement: NewStatement,
  replaced: string | undefined,
  { by, terms, condition, invoice, reason }: ToldRequest,
): ActRecord {
  const { incident, party, told, saidAt, channel, officer, evidence } = statement;
  const issuer = party.kind === 'issuer' ? party.name : undefined;
  const texts = { by, terms, condition, invoice, reason, issuer };
  return {
    draft: {
      actor: officer,
      act: 'incident-told',
      result: 'done',
      origin,
      object: `incident:${incident}`,
      data: {
        ...{ incident, subject: told.subject, outcome: told.outcome, replaced },
        recipient: party.kind === 'recipient' ? party.name : undefined,
        since: told.outcome === 'on' ? new Date(told.sinceMs).toISOString() : undefined,
        day: told.outcome === 'not-before' ? told.day : undefined,
        ...namedOf(statement.waiver),
        ...{ saidAt: saidAt.toISOString(), channel },
        ...{ evidence: evidence?.sha256, bytes: evidence?.bytes },
      },
    },
    texts: Object.fromEntries(
      Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  };
}
