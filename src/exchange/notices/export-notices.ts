import { createHash } from 'node:crypto';

import type { Reason } from '../../domain/intake/reasons.ts';
import { NoticesFault } from '../../domain/notices/errors.ts';
import { csvLine, encodeLine, markOf } from '../../domain/notices/notice-cells.ts';
import type { Charset } from '../../domain/notices/charsets.ts';
import { NoticeEntries } from '../../domain/notices/notice-entries.ts';
import type { NoticeStep } from '../../domain/notices/notice-steps.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import { assertMerchantOf } from '../incident/assert-merchant-of.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import type { IncidentRegister } from '../incident/incident-register.ts';
import { drain, listedIn, listNotices, notifiedHandoffs } from './listed-notices.ts';
import type { NoticeCounts, NoticeRow } from './listed-notices.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { NewFile, NewFiles } from '../workspace/new-files.ts';
import { noticeKey } from './notice-register.ts';
import type { NoticeEntry, NoticeRegister } from './notice-register.ts';
import { resolvedReferences } from '../responses/resolved-references.ts';
import type { ResponseRegister } from '../responses/response-register.ts';

interface Ports {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly incidents: IncidentRegister;
  readonly handoffs: HandoffRegister;
  readonly notices: NoticeRegister;
  readonly responses: Pick<ResponseRegister, 'answersOf'>;
  readonly log: LogBook;
  readonly newFiles: NewFiles;
  readonly clock: Clock;
}

/** What the cells of the list say, in the language of whoever opens it. */
export interface NoticeTableWords {
  /** Reference, windows, brand, last four, reason, step, time. */
  readonly heading: readonly string[];
  /** Of a first column, where the incident lists merchants. */
  readonly merchant: string;
  readonly brand: (brandIndex: number) => string;
  readonly reason: (reason: Reason) => string;
  readonly step: (step: NoticeStep) => string;
  readonly time: (at: Date) => string;
  /** Between names of windows in one cell. */
  readonly separator: string;
}

export interface NoticesRequest {
  readonly incident: string;
  /** Only the references of this handoff. */
  readonly handoff: string | undefined;
  /** Only the references of this merchant. */
  readonly merchant: string | undefined;
  readonly charset: Charset;
  readonly output: string;
  readonly words: NoticeTableWords;
  readonly officer: string | undefined;
}

export interface ExportedNotices extends NoticeCounts {
  readonly incident: string;
  readonly handoffs: readonly string[];
  readonly merchant?: string | undefined;
  /**
   * Distinct orders, as the prepare counted them; undefined over several handoffs, whose orders may be the same, and for
   * one merchant.
   */
  readonly orders: number | undefined;
  /**
   * Cards of these handoffs that stand in no order in scope: nobody can tell from here whose they are. At most so many, since an
   * order may have come with a later handoff. Undefined for one merchant, and where no prepare counted them.
   */
  readonly withoutOrder: number | undefined;
  readonly charset: Charset;
  readonly bytes: number;
  readonly sha256: string;
}

/** Lines are gathered to so many bytes before they are written. */
const chunkBytes = 256 * 1024;

/**
 * Writes the list of persons to be told: every order reference of the incident that lies in its scope, with windows,
 * brand and last four digits, and those of records without a usable number with the reason. No name and no card number
 * is in it. The file is new, for its owner alone, and there only once its leaf is in the log. A process that is killed
 * before may leave a hidden one beside it.
 *
 * Throws `incident-unknown`, `handoff-unknown`, `merchants-absent`, `merchant-unknown`, `notices-empty`,
 * `charset-lacks`, what `NewFiles` throws, and what `actingOfficer` throws.
 */
export async function exportNotices(
  ports: Ports,
  request: NoticesRequest,
): Promise<ExportedNotices> {
  const { configuration, incidents, handoffs, log, newFiles, clock } = ports;
  const { officers } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now());
  const { incident } = await incidents.get(request.incident);
  const merchants = incident.merchants?.map(({ id }) => id);
  const { merchant } = request;
  if (merchant !== undefined) assertMerchantOf(incident.id, merchants, merchant);
  const all = await notifiedHandoffs(handoffs, incident.id);
  const chosen = all.filter(({ id }) => request.handoff === undefined || id === request.handoff);
  if (request.handoff !== undefined && chosen.length === 0) await handoffs.get(request.handoff);
  const seen = new NoticeEntries();
  const file = await newFiles.begin(request.output);
  try {
    const steps = await stepsOf(ports, incident.id, all, merchants !== undefined);
    // Also what an earlier handoff had answered, of which the chosen one relies on some.
    const resolved = await resolvedReferences(handoffs, ports.responses, all);
    const list = listNotices(handoffs, chosen, seen, merchant, resolved);
    const written = await writeList(file, list, steps, request, merchants !== undefined);
    if (written.rows === 0) {
      throw new NoticesFault('notices-empty', { incident: incident.id, handoffs: chosen.length });
    }
    const [only, ...others] = chosen;
    const made: ExportedNotices = {
      incident: incident.id,
      handoffs: chosen.map(({ id }) => id),
      merchant,
      orders: others.length === 0 && merchant === undefined ? only?.report?.orders : undefined,
      withoutOrder: merchant === undefined ? sumWithoutOrder(chosen) : undefined,
      charset: request.charset,
      references: seen.references,
      ...written,
    };
    // A leaf without its file tells of one too many; a list without its leaf would be nobody's.
    await log.append(exportAct(ports.origin, officer.id, made));
    await file.publish();
    return made;
  } finally {
    await file.discard();
  }
}

/**
 * What was recorded last of each reference. With merchants, all lists are read once more where something was recorded
 * before there were any: only then can be told whose it is.
 */
async function stepsOf(
  { notices, handoffs }: Pick<Ports, 'notices' | 'handoffs'>,
  incident: string,
  all: readonly HandoffRow[],
  hasMerchants: boolean,
): Promise<ReadonlyMap<string, NoticeEntry>> {
  const steps = await notices.latest(incident, ({ merchant }) => merchant);
  const isOlder = [...steps.values()].some(({ merchant }) => merchant === '');
  if (!hasMerchants || !isOlder) return steps;
  const seen = new NoticeEntries();
  await drain(listNotices(handoffs, all, seen));
  return notices.latest(incident, listedIn(seen));
}

function sumWithoutOrder(rows: readonly HandoffRow[]): number | undefined {
  const counts = rows.flatMap(({ report }) => report?.withoutOrder ?? []);
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

type Written = Pick<ExportedNotices, 'rows' | 'withoutCard' | 'unnamed' | 'bytes' | 'sha256'>;

/** Counts on after a line that the charset cannot take, so that the refusal says how many there are. */
async function writeList(
  file: NewFile,
  list: AsyncIterable<NoticeRow>,
  steps: ReadonlyMap<string, NoticeEntry>,
  { charset, words }: NoticesRequest,
  hasMerchants: boolean,
): Promise<Written> {
  const hash = createHash('sha256');
  let bytes = 0;
  let pieces: Uint8Array[] = [];
  let waiting = 0;
  const flush = async (): Promise<void> => {
    const chunk = new Uint8Array(Buffer.concat(pieces));
    pieces = [];
    waiting = 0;
    hash.update(chunk);
    bytes += chunk.length;
    await file.write(chunk);
  };
  const put = (piece: Uint8Array): void => {
    pieces.push(piece);
    waiting += piece.length;
  };
  put(markOf(charset));
  const titles = hasMerchants ? [words.merchant, ...words.heading] : words.heading;
  const heading = encodeLine(csvLine(titles), charset);
  if (heading === undefined)
    throw new NoticesFault('charset-lacks', { charset, rows: 1, first: 0 });
  put(heading);
  let rows = 0;
  let lacking = 0;
  let first = 0;
  let unnamed = 0;
  const withoutCard: Record<string, number> = {};
  for await (const row of list) {
    rows += 1;
    if (row.reason !== undefined) withoutCard[row.reason] = (withoutCard[row.reason] ?? 0) + 1;
    else if (row.lastFour === '') unnamed += 1;
    const cells = cellsOf(row, steps.get(noticeKey(row)), words);
    const line = encodeLine(csvLine(hasMerchants ? [row.merchant, ...cells] : cells), charset);
    if (line === undefined) {
      if (lacking === 0) first = rows;
      lacking += 1;
    } else if (lacking === 0) put(line);
    if (waiting >= chunkBytes) await flush();
  }
  if (lacking > 0) throw new NoticesFault('charset-lacks', { charset, rows: lacking, first });
  await flush();
  return { rows, withoutCard, unnamed, bytes, sha256: hash.digest('hex') };
}

function cellsOf(
  row: NoticeRow,
  notice: NoticeEntry | undefined,
  words: NoticeTableWords,
): readonly string[] {
  const { reference, windows, brandIndex, lastFour, reason } = row;
  return [
    reference,
    windows.join(words.separator),
    lastFour === '' && brandIndex === 0 ? '' : words.brand(brandIndex),
    lastFour,
    reason === undefined ? '' : words.reason(reason),
    notice === undefined ? '' : words.step(notice.step),
    notice === undefined ? '' : words.time(notice.at),
  ];
}

function exportAct(origin: string, actor: string, made: ExportedNotices): ActRecord {
  const { incident, merchant, handoffs, rows, references, withoutCard, withoutOrder } = made;
  const { charset, bytes, sha256 } = made;
  return {
    draft: {
      ...{ actor, act: 'notices-export', result: 'done', origin },
      object: `incident:${incident}`,
      data: {
        ...{ incident, handoffs, rows, references, withoutCard, withoutOrder },
        ...{ charset, bytes, sha256 },
        ...(merchant === undefined ? {} : { merchant }),
      },
    },
  };
}
