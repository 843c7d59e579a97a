import { PurgeFault } from '../../domain/handoff/purge-errors.ts';
import type { Charset } from '../../domain/notices/charsets.ts';
import { WaiversFault } from '../../domain/waivers/errors.ts';
import type { LetterField } from '../../domain/waivers/letter-fields.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { LoadedConfiguration } from '../configuration/configuration.ts';
import { isThere } from '../delivery/is-there.ts';
import type { RoutedRecipient } from '../handoff/card-process.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import { incidentReadiness } from '../incident/incident-readiness.ts';
import type { IncidentReadiness, ReadinessPorts } from '../incident/incident-readiness.ts';
import type { IssuerReadiness } from '../incident/issuer-readiness.ts';
import { knownParty } from '../incident/record-told.ts';
import type { Statement } from '../incident/told-register.ts';
import { openpgpKeyFiles } from '../keys/own-keys.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import type { Ids } from '../workspace/ids.ts';
import type { NewFolders } from '../workspace/new-folders.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';
import { readTemplates, writeContents } from './letter-contents.ts';
import type { ContentWords, LetterContents, LetterFile } from './letter-contents.ts';
import type { LetterSources } from './letter-facts.ts';
import { letterRecipient } from './letter-recipient.ts';
import type { LetterRecipientPorts } from './letter-recipient.ts';
import type { LetterSealer, LetterTarget } from './letter-sealer.ts';
import type { LetterTemplates } from './letter-templates.ts';
import { cardsWith, notedCards } from './noted-cards.ts';
import { requestStep } from './request-step.ts';
import type { RequestStep } from './request-step.ts';
import type { NotedCard, WaiverExceptions } from './waiver-exceptions.ts';

type Ports = ReadinessPorts &
  LetterRecipientPorts & {
    readonly folder: Pick<WorkspaceFolder, 'workspaceKeyPath' | 'openpgpKeyPath'>;
    readonly exceptions: Pick<WaiverExceptions, 'ofIncident'>;
    readonly letterTemplates: LetterTemplates;
    readonly newFolders: NewFolders;
    readonly cardProcess: LetterSealer;
    readonly passphrases: PassphraseSource;
    readonly log: Pick<LogBook, 'append'>;
    readonly ids: Pick<Ids, 'nonce'>;
  };

export interface LetterRequest extends ContentWords {
  readonly incident: string;
  /** '' for cards that the issuer table does not know. */
  readonly issuer: string;
  /** A folder that is not there yet. */
  readonly output: string;
  /** For whom the files are sealed; left out: they are clear. */
  readonly recipient?: string;
  readonly officer: string | undefined;
  readonly signal?: AbortSignal;
}

export interface WrittenLetter {
  readonly incident: string;
  /** As the issuer table has it. */
  readonly issuer: string;
  /** Rows of the annex: a card on two lists counts twice. */
  readonly cards: number;
  /** On lists of which nobody knows for sure that they have left: these are not in it. */
  readonly notLeft: number;
  readonly blanks: readonly LetterField[];
  /** As they lie in the folder: the annex, then the letters. */
  readonly files: readonly LetterFile[];
  readonly charset: Charset;
  /** Whether `waiver request` may follow. */
  readonly request: RequestStep;
  readonly sealed?: SealedFor;
}

/** Who alone can open the files, and what comes out. */
export interface SealedFor {
  readonly recipient: string;
  /** Fingerprint of their certificate. */
  readonly certificate: string;
  /** One for each file, in their order. */
  readonly contents: readonly LetterFile[];
}

/**
 * Writes a folder to be sent to a card company: a letter in each language that asks for the waiver, and the list of its
 * cards on lists that have left, truncated. No card number is in it. For a recipient each file is signed with our key and
 * encrypted to their certificate, and nothing of it is on a disk in clear; of cards whose company the issuer table does not
 * know it has only those on lists of this recipient, to whom it is addressed then. The folder is new, for its owner alone, and there
 * only once its leaf is in the log.
 *
 * Throws `incident-unknown`, `incident-purged`, `party-unknown`, `letter-without-cards`, `letter-template`,
 * `charset-lacks`, what `letterRecipient`, `LetterSealer`, `LetterTemplates` and `NewFolders` throw, and what
 * `actingOfficer` throws.
 */
export async function writeLetter(ports: Ports, request: LetterRequest): Promise<WrittenLetter> {
  const { incidents, clock } = ports;
  const loaded = await ports.configuration.load();
  const officer = actingOfficer(loaded.officers, request.officer, 'officer', clock.now());
  const { incident: id, recipient, charset } = request;
  const sealFor =
    recipient === undefined ? undefined : await letterRecipient(ports, loaded, recipient, officer);
  if ((await incidents.get(id)).purge !== undefined) {
    throw new PurgeFault('incident-purged', { incident: id });
  }
  const readiness = await incidentReadiness(ports, id);
  const party = { kind: 'issuer', name: request.issuer } as const;
  const { name: issuer } = knownParty(readiness.incident, readiness.issuers, party);
  const rows = rowsFor(readiness, issuer, recipient);
  const { lists, notLeft } = listsOf(rows, { ...request, issuer });
  const templates = await readTemplates(ports.letterTemplates);
  const noted = (await notedCards(ports, id, lists, readiness.recalls)).filter(
    (card) => card.issuer === issuer,
  );
  const cards = { issuer, lists, recalls: readiness.recalls, exceptions: noted };
  const statements = await ports.told.ofIncident(id);
  const requested = requestedTerms(statements, issuer, rows);
  const said = { officer: officer.name, at: clock.now(), requestedTerms: requested };
  const sources = sourcesOf(loaded, readiness, { issuer, recipient, lists, noted }, said);
  const given = { mode: ports.facts.mode, cards, templates, sources };
  const folder = await ports.newFolders.begin(request.output);
  try {
    const write = (target: LetterTarget): Promise<LetterContents> =>
      writeContents(ports.handoffs, target, given, request);
    const written =
      sealFor === undefined
        ? await write(folder)
        : await sealInto(ports, folder.hidden, sealFor, write, request.signal);
    const step = requestStep(readiness, statements, issuer);
    const made: WrittenLetter = {
      incident: id,
      issuer,
      notLeft,
      charset,
      request: step,
      ...written,
    };
    await ports.log.append(actOf(ports, officer.id, made));
    await folder.publish();
    return made;
  } finally {
    await folder.discard();
  }
}

/** The passphrase is asked for once everything else is known to be there. */
async function sealInto(
  ports: Ports,
  folder: string,
  recipient: RoutedRecipient,
  write: (target: LetterTarget) => Promise<LetterContents>,
  signal: AbortSignal | undefined,
): Promise<LetterContents & Pick<WrittenLetter, 'sealed'>> {
  const { workspaceKeyPath } = ports.folder;
  const openpgpKeys = await openpgpKeyFiles(ports);
  const keys = { workspaceKeyPath, openpgpKeys, workspaceId: ports.facts.id };
  const passphrase = await ports.passphrases.read('workspace');
  try {
    const job = { ...keys, recipient, folder };
    const done = await ports.cardProcess.sealLetters(job, passphrase, write, signal);
    const { files: contents, ...filled } = done.filled;
    const sealed = { recipient: recipient.id, certificate: recipient.fingerprint, contents };
    return { ...filled, files: done.sealed, sealed };
  } finally {
    passphrase.fill(0);
  }
}

interface Named extends Pick<LetterSources, 'issuer' | 'lists'> {
  readonly recipient: string | undefined;
  readonly noted: readonly NotedCard[];
}

function sourcesOf(
  { settings: { workspace }, recipients }: LoadedConfiguration,
  { incident }: IncidentReadiness,
  { issuer, recipient, lists, noted }: Named,
  said: Pick<LetterSources, 'officer' | 'at' | 'requestedTerms'>,
): Omit<LetterSources, 'annex'> {
  const recipientNames = new Map(recipients.map(({ id, name }) => [id, name ?? id]));
  const standIn = recipient === undefined ? undefined : recipientNames.get(recipient);
  return {
    ...{ incident, organisation: workspace.organisation, lists, recipientNames, ...said },
    issuer: issuer === '' ? (standIn ?? '') : issuer,
    contact: incident.contact ?? workspace.contact,
    refundAsked: cardsWith(noted, 'refund-asked'),
  };
}

/**
 * What counts of an issuer. Cards that the issuer table does not know can be any company's: a recipient is told only of
 * those that it has on lists of its own.
 */
function rowsFor(
  { issuers }: IncidentReadiness,
  issuer: string,
  recipient: string | undefined,
): readonly IssuerReadiness[] {
  const isOwnOnly = issuer === '' && recipient !== undefined;
  return issuers.filter(
    (row) => row.issuer === issuer && (!isOwnOnly || row.recipient === recipient),
  );
}

/** Throws `letter-without-cards` where none has left: what was not approved and sent is nobody else's yet. */
function listsOf(
  rows: readonly IssuerReadiness[],
  { incident, issuer, recipient }: Pick<LetterRequest, 'incident' | 'issuer' | 'recipient'>,
): { readonly lists: readonly BatchRow[]; readonly notLeft: number } {
  const own = rows.flatMap(({ batches }) => batches);
  const words = rows.flatMap((row) => row.words);
  const lists = own.filter((list) => isThere(list, words));
  if (lists.length === 0) {
    const to = issuer === '' && recipient !== undefined ? { recipient } : {};
    const facts = { incident, issuer: issuer === '' ? 'unknown' : issuer, ...to };
    throw new WaiversFault('letter-without-cards', facts);
  }
  const waiting = own.filter((list) => !lists.includes(list)).flatMap(({ issuers: all }) => all);
  const notLeft = waiting.filter((each) => each.issuer === issuer);
  return { lists, notLeft: notLeft.reduce((sum, { cards }) => sum + cards, 0) };
}

/** What was asked of the issuer last, or of a recipient who speaks for it. */
function requestedTerms(
  statements: readonly Statement[],
  issuer: string,
  rows: readonly IssuerReadiness[],
): string | undefined {
  const through = rows.map(({ recipient }) => recipient);
  const asked = statements.filter(
    ({ party: { kind, name }, told: { outcome } }) =>
      outcome === 'requested' &&
      (kind === 'issuer' ? name === issuer : kind === 'recipient' && through.includes(name)),
  );
  return asked.at(-1)?.terms;
}

function actOf(
  { origin, ids }: Pick<Ports, 'origin' | 'ids'>,
  actor: string,
  { incident, issuer, cards, notLeft, charset, files, sealed }: WrittenLetter,
): ActRecord {
  const { recipient, certificate, contents = [] } = sealed ?? {};
  const digests = [...files, ...contents].map(({ sha256 }) => sha256);
  return {
    draft: {
      ...{ actor, act: 'waiver-letter', result: 'done', origin, object: `incident:${incident}` },
      data: { incident, cards, notLeft, charset, recipient, certificate },
    },
    texts: { issuer, files: [...digests, ids.nonce()].join(' ') },
  };
}
