import { digestOf } from '../../domain/handoff/plan.ts';
import { NoticesFault } from '../../domain/notices/errors.ts';
import { NoticeEntries } from '../../domain/notices/notice-entries.ts';
import { noticeSteps } from '../../domain/notices/notice-steps.ts';
import type { NoticeStep } from '../../domain/notices/notice-steps.ts';
import { parseNoticeRecord } from '../../domain/notices/parse-notice-record.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { HandoffRegister } from '../handoff/handoff-register.ts';
import type { IncidentRegister } from '../incident/incident-register.ts';
import { drain, listedIn, listNotices, notifiedHandoffs } from './listed-notices.ts';
import type { NoticeEntry, NoticeRegister } from './notice-register.ts';

interface Ports {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly incidents: IncidentRegister;
  readonly handoffs: HandoffRegister;
  readonly notices: NoticeRegister;
  readonly clock: Clock;
}

/** How far the telling of an incident's persons has got, in references of its current lists. */
export interface NoticeProgress {
  readonly incident: string;
  readonly references: number;
  /** Those of them with each step, ever. */
  readonly steps: Readonly<Record<NoticeStep, number>>;
  /** Those about which nothing was recorded. */
  readonly untold: number;
  /** References whose latest step is a mail that came back: a letter is due. */
  readonly bounced: number;
}

export interface RecordedNotices {
  readonly progress: NoticeProgress;
  /** Lines of the file by step, of known references only. */
  readonly given: Readonly<Record<NoticeStep, number>>;
  /** Of those, new ones. */
  readonly added: number;
  /** Lines whose reference the incident does not have, and the numbers of the first few of them. */
  readonly unknown: number;
  readonly unknownLines: readonly number[];
}

const unknownShown = 20;
/** Clocks of two machines differ. */
const aheadMs = 5 * 60_000;

/**
 * Takes in which persons were told: lines of reference, status and time. Lines about references that the incident does
 * not have are counted and not stored; the leaf holds counts and the digest of the file only.
 *
 * Throws `incident-unknown`, `notices-empty`, `notice-record-malformed` (also for a time in the future, and for a
 * reference of several merchants in a line that names none), and what
 * `actingOfficer` throws.
 */
export async function recordNotices(
  ports: Ports,
  request: {
    readonly incident: string;
    readonly text: string;
    readonly officer: string | undefined;
  },
): Promise<RecordedNotices> {
  const { configuration, incidents, notices, clock } = ports;
  const { officers } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now());
  const { incident } = await incidents.get(request.incident);
  const seen = await referencesOf(ports.handoffs, incident.id);
  const entries: NoticeEntry[] = [];
  const unknownLines: number[] = [];
  const given = noSteps();
  let unknown = 0;
  const latestMs = clock.now().getTime() + aheadMs;
  for (const { line, ...entry } of parseNoticeRecord(request.text, incident.time_zone)) {
    if (entry.at.getTime() > latestMs) {
      throw new NoticesFault('notice-record-malformed', { line, column: 'at' });
    }
    const merchants = merchantsOf(seen, entry);
    const [merchant] = merchants;
    if (merchant === undefined) {
      unknown += 1;
      if (unknownLines.length < unknownShown) unknownLines.push(line);
      continue;
    }
    if (merchants.length > 1)
      throw new NoticesFault('notice-record-malformed', { line, column: 'merchant' });
    given[entry.step] += 1;
    entries.push({ ...entry, merchant });
  }
  const source = digestOf(encoder.encode(request.text));
  const added = await notices.add(incident.id, entries, (fresh) => ({
    draft: {
      ...{ actor: officer.id, act: 'notices-record', result: 'done', origin: ports.origin },
      object: `incident:${incident.id}`,
      data: {
        ...{ incident: incident.id, steps: given, added: fresh },
        ...{ known: entries.length, unknown, source },
      },
    },
  }));
  const progress = await progressOf(ports, incident.id, seen);
  return { progress, given, added, unknown, unknownLines };
}

/** How far it has got; reads only. Throws `incident-unknown`. */
export async function noticeProgress(
  ports: Pick<Ports, 'incidents' | 'handoffs' | 'notices'>,
  id: string,
): Promise<NoticeProgress> {
  const { incident } = await ports.incidents.get(id);
  const seen = new NoticeEntries();
  await drain(listNotices(ports.handoffs, await notifiedHandoffs(ports.handoffs, id), seen));
  return progressOf(ports, incident.id, seen);
}

function noSteps(): Record<NoticeStep, number> {
  return Object.fromEntries(noticeSteps.map((step) => [step, 0])) as Record<NoticeStep, number>;
}

/** Whose reference a line may mean: where it names no merchant, all that have it. */
function merchantsOf(
  seen: NoticeEntries,
  { reference, merchant }: Pick<NoticeEntry, 'reference' | 'merchant'>,
): readonly string[] {
  const having = seen.merchantsOf(encoder.encode(reference));
  if (merchant === '' || having.includes('')) return having;
  return having.filter((one) => one === merchant);
}

async function referencesOf(handoffs: HandoffRegister, incident: string): Promise<NoticeEntries> {
  const chosen = await notifiedHandoffs(handoffs, incident);
  const seen = new NoticeEntries();
  await drain(listNotices(handoffs, chosen, seen));
  if (seen.references === 0) {
    throw new NoticesFault('notices-empty', { incident, handoffs: chosen.length });
  }
  return seen;
}

/** What was recorded about references that no current list has counts for nobody. */
async function progressOf(
  { notices }: Pick<Ports, 'notices'>,
  incident: string,
  seen: NoticeEntries,
): Promise<NoticeProgress> {
  const { references } = seen;
  const listed = listedIn(seen);
  const latest = [...(await notices.latest(incident, listed)).values()];
  const bounced = latest.filter(({ step }) => step === 'mail-bounced').length;
  const steps = await notices.counts(incident, listed);
  return { incident, references, steps, untold: references - latest.length, bounced };
}

const encoder = new TextEncoder();
