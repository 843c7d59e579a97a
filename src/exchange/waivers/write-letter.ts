import { digestOf } from '../../domain/handoff/plan.ts';
import { PurgeFault } from '../../domain/handoff/purge-errors.ts';
import type { Charset } from '../../domain/notices/notice-cells.ts';
import { WaiversFault } from '../../domain/waivers/errors.ts';
import { LetterTemplate, TEMPLATE_BYTES_MAX } from '../../domain/waivers/letter-template.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { isThere } from '../delivery/is-there.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import { incidentReadiness } from '../incident/incident-readiness.ts';
import type { IncidentReadiness, ReadinessPorts } from '../incident/incident-readiness.ts';
import { knownParty } from '../incident/record-told.ts';
import { isRecalledBy } from '../recall/incident-recalls.ts';
import type { Ids } from '../workspace/ids.ts';
import type { NewFolder, NewFolders } from '../workspace/new-folders.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import { letterFacts } from './letter-facts.ts';
import type { LetterSources, LetterWords } from './letter-facts.ts';
import { letterLanguages } from './letter-templates.ts';
import type { LetterLanguage, LetterTemplates } from './letter-templates.ts';
import type { WaiverExceptions } from './waiver-exceptions.ts';
import { writeAnnex } from './write-annex.ts';
import type { AnnexWords } from './write-annex.ts';

type Ports = ReadinessPorts & {
  readonly origin: string;
  readonly facts: Pick<WorkspaceFacts, 'mode'>;
  readonly configuration: Configuration;
  readonly exceptions: Pick<WaiverExceptions, 'ofIncident'>;
  readonly letterTemplates: LetterTemplates;
  readonly newFolders: NewFolders;
  readonly log: Pick<LogBook, 'append'>;
  readonly ids: Pick<Ids, 'nonce'>;
};

export interface LetterRequest {
  readonly incident: string;
  /** '' for cards that the issuer table does not know. */
  readonly issuer: string;
  /** A folder that is not there yet. */
  readonly output: string;
  readonly charset: Charset;
  readonly annexWords: AnnexWords;
  readonly words: Readonly<Record<LetterLanguage, LetterWords>>;
  readonly officer: string | undefined;
}

/** A file of the folder. */
export interface LetterFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface WrittenLetter {
  readonly incident: string;
  /** As the issuer table has it. */
  readonly issuer: string;
  /** Rows of the annex: a card on two lists counts twice. */
  readonly cards: number;
  /** On lists of which nobody knows for sure that they have left: these are not in it. */
  readonly notLeft: number;
  readonly files: readonly LetterFile[];
  readonly charset: Charset;
}

/**
 * Writes a folder to be sent to a card company: a letter in each language that asks for the waiver, and the list of its
 * cards on lists that have left, truncated. No card number is in it. What a drill writes is marked TEST. The folder is new,
 * for its owner alone, and there only once its leaf is in the log.
 *
 * Throws `incident-unknown`, `incident-purged`, `party-unknown`, `letter-without-cards`, `letter-template`,
 * `charset-lacks`, what `LetterTemplates` and `NewFolders` throw, and what `actingOfficer` throws.
 */
export async function writeLetter(ports: Ports, request: LetterRequest): Promise<WrittenLetter> {
  const { configuration, incidents, clock } = ports;
  const { officers, settings, recipients } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now());
  const { incident: id } = request;
  if ((await incidents.get(id)).purge !== undefined) {
    throw new PurgeFault('incident-purged', { incident: id });
  }
  const readiness = await incidentReadiness(ports, id);
  const { incident } = readiness;
  const party = { kind: 'issuer', name: request.issuer } as const;
  const { name: issuer } = knownParty(incident, readiness.issuers, party);
  const { recalls } = readiness;
  const { lists, notLeft } = listsOf(readiness, issuer);
  const templates = await templatesOf(ports.letterTemplates);
  const folder = await ports.newFolders.begin(request.output);
  try {
    const prefix = ports.facts.mode === 'drill' ? 'TEST-' : '';
    const noted = (await ports.exceptions.ofIncident(id)).filter((card) => card.issuer === issuer);
    const cards = { issuer, lists, recalls, exceptions: noted };
    const { annexWords: words, charset } = request;
    const name = `${prefix}waiver-cards.csv`;
    const annex = await writeAnnex(ports.handoffs, folder, name, cards, { charset, words });
    const listed = new Set(lists.map((list) => list.id));
    const letters = await writeLetters(folder, prefix, templates, request.words, {
      ...{ incident, issuer, organisation: settings.workspace.organisation, lists, annex },
      recipientNames: new Map(recipients.map(({ id: of, name: called }) => [of, called ?? of])),
      contact: incident.contact ?? settings.workspace.contact,
      ...{ officer: officer.name, at: clock.now() },
      refundAsked: noted.filter(
        ({ batch, record, exception }) =>
          exception === 'refund-asked' &&
          listed.has(batch) &&
          !isRecalledBy(recalls, { batch, record }),
      ).length,
      requestedTerms: await requestedTerms(ports, readiness, issuer),
    });
    const made: WrittenLetter = {
      ...{ incident: id, issuer, cards: annex.rows, notLeft, charset },
      files: [{ name, bytes: annex.bytes, sha256: annex.sha256 }, ...letters],
    };
    await ports.log.append(actOf(ports, officer.id, made));
    await folder.publish();
    return made;
  } finally {
    await folder.discard();
  }
}

/** Throws `letter-without-cards` where none has left: what was not approved and sent is nobody else's yet. */
function listsOf(
  { incident, issuers }: IncidentReadiness,
  issuer: string,
): { readonly lists: readonly BatchRow[]; readonly notLeft: number } {
  const rows = issuers.filter((row) => row.issuer === issuer);
  const own = rows.flatMap(({ batches }) => batches);
  const words = rows.flatMap((row) => row.words);
  const lists = own.filter((list) => isThere(list, words));
  if (lists.length === 0) {
    const facts = { incident: incident.id, issuer: issuer === '' ? 'unknown' : issuer };
    throw new WaiversFault('letter-without-cards', facts);
  }
  const waiting = own.filter((list) => !lists.includes(list)).flatMap(({ issuers: all }) => all);
  const notLeft = waiting.filter((each) => each.issuer === issuer);
  return { lists, notLeft: notLeft.reduce((sum, { cards }) => sum + cards, 0) };
}

type Templates = Readonly<Record<LetterLanguage, LetterTemplate>>;

/** Both before anything is written: a folder with half of a letter would be sent. */
async function templatesOf(source: LetterTemplates): Promise<Templates> {
  const read = async (language: LetterLanguage): Promise<LetterTemplate> => {
    const { bytes, file } = await source.read(language, TEMPLATE_BYTES_MAX);
    return LetterTemplate.parse(bytes, file);
  };
  return { ja: await read('ja'), en: await read('en') };
}

async function writeLetters(
  folder: NewFolder,
  prefix: string,
  templates: Templates,
  words: LetterRequest['words'],
  sources: LetterSources,
): Promise<readonly LetterFile[]> {
  const files: LetterFile[] = [];
  for (const language of letterLanguages) {
    const say = words[language];
    const body = templates[language].fill(letterFacts(sources, say), say.blank);
    const text = prefix === '' ? body : `${say.drill}\n\n${body}`;
    const bytes = new TextEncoder().encode(text);
    const name = `${prefix}waiver-letter.${language}.txt`;
    await folder.write(name, [bytes]);
    files.push({ name, bytes: bytes.length, sha256: digestOf(bytes) });
  }
  return files;
}

/** What was asked of the issuer last, or of a recipient who speaks for it. */
async function requestedTerms(
  { told }: Pick<Ports, 'told'>,
  { incident, issuers }: IncidentReadiness,
  issuer: string,
): Promise<string | undefined> {
  const through = issuers.filter((row) => row.issuer === issuer).map(({ recipient }) => recipient);
  const asked = (await told.ofIncident(incident.id)).filter(
    ({ party: { kind, name }, told: { outcome } }) =>
      outcome === 'requested' &&
      (kind === 'issuer' ? name === issuer : kind === 'recipient' && through.includes(name)),
  );
  return asked.at(-1)?.terms;
}

function actOf(
  { origin, ids }: Pick<Ports, 'origin' | 'ids'>,
  actor: string,
  { incident, issuer, cards, notLeft, charset, files }: WrittenLetter,
): ActRecord {
  return {
    draft: {
      ...{ actor, act: 'waiver-letter', result: 'done', origin, object: `incident:${incident}` },
      data: { incident, cards, notLeft, charset },
    },
    texts: { issuer, files: [...files.map(({ sha256 }) => sha256), ids.nonce()].join(' ') },
  };
}
