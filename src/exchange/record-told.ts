import { DecisionFault } from '../domain/handoff/decision-errors.ts';
import type { WordChannel } from '../domain/handoff/persons-word.ts';
import { PersonsWordFault } from '../domain/handoff/word-errors.ts';
import type { Incident } from '../domain/incident/incident.ts';
import { ReadinessFault } from '../domain/readiness/errors.ts';
import { needsReason } from '../domain/readiness/statements.ts';
import type { Party, Told } from '../domain/readiness/statements.ts';
import type { ActRecord } from './act-record.ts';
import { actingOfficer } from './acting-officer.ts';
import type { Configuration } from './configuration.ts';
import { incidentReadiness, latestOf } from './incident-readiness.ts';
import type { ReadinessPorts } from './incident-readiness.ts';
import { evidenceOf } from './record-word.ts';
import type { WordRequest } from './record-word.ts';
import type { NewStatement } from './told-register.ts';

type Ports = ReadinessPorts & {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly folder: {
    /** Puts evidence into `data/incidents/<id>/`, for its owner alone. */
    putIncidentDocument(incident: string, name: string, bytes: Uint8Array): Promise<string>;
  };
};

export interface ToldRequest {
  readonly incident: string;
  readonly party: Party;
  readonly told: Told;
  readonly saidAt: Date | undefined;
  /** Who said it and how; both undefined for what we say of our own desk. */
  readonly channel: WordChannel | undefined;
  readonly by: string | undefined;
  readonly terms: string | undefined;
  readonly evidence: WordRequest['evidence'];
  readonly officer: string | undefined;
  readonly reason: string | undefined;
}

/**
 * Records what a card company, or whoever speaks for it, told us before a notice is published; or that our desk was
 * briefed. A later statement takes the place of an earlier one, which is kept; to contradict one takes a reason. Also of
 * a closed incident: card companies go on answering.
 *
 * Throws `incident-unknown`, `party-unknown`, `word-in-future`, `reason-required`, `statement-unrecorded`,
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
  if (needsReason(before?.told, told) && reason === undefined) {
    throw new DecisionFault('reason-required', { act: told.subject });
  }
  const evidence = evidenceOf(told.subject, request.evidence);
  const statement: NewStatement = {
    ...{ incident: incident.id, party, told, saidAt, channel, evidence },
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

/** As it stands in the issuer table, however it was typed: a statement about a name that is nobody's would never show. */
function knownParty(
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

function normal(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

function actOf(
  origin: string,
  statement: NewStatement,
  replaced: string | undefined,
  { by, terms, reason }: ToldRequest,
): ActRecord {
  const { incident, party, told, saidAt, channel, officer, evidence } = statement;
  const texts = { by, terms, reason, issuer: party.kind === 'issuer' ? party.name : undefined };
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
        ...{ saidAt: saidAt.toISOString(), channel },
        ...{ evidence: evidence?.sha256, bytes: evidence?.bytes },
      },
    },
    texts: Object.fromEntries(
      Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  };
}
