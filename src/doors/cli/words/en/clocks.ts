import type {
  ClockId,
  ClockRule,
  Confidence,
  DutyHolder,
} from '../../../../domain/incident/clock-rules.ts';
import type { ClockState } from '../../../../domain/incident/compute-clocks.ts';
import type { StartEvent } from '../../../../domain/incident/start-events.ts';
import { counted } from './counted.ts';

const names: Readonly<Record<ClockId, string>> = {
  'ppc-preliminary': 'PPC, preliminary report',
  'ppc-final': 'PPC, final report (no wrongful purpose)',
  'ppc-final-wrongful': 'PPC, final report (wrongful purpose)',
  'ppc-persons-notice': 'Notice to the persons concerned',
  'ppc-principal-notice': 'Notice to the business that entrusted us',
  'meti-report': 'METI, accident report',
  'acquirer-notice': 'Acquirer or processor, first call',
  'visa-notice': 'Visa, notice of compromise',
  'visa-incident-report': 'Visa, incident report',
  'visa-accounts': 'Visa, numbers at risk',
  'mastercard-report': 'Mastercard, report of the event',
  'amex-notice': 'American Express, initial notice',
  'amex-accounts': 'American Express, numbers at risk',
  'jcb-report': 'JCB, report',
  'diners-discover-report': 'Diners Club and Discover, report',
  'unionpay-report': 'UnionPay, report',
  'pfi-preliminary': 'PFI, preliminary report',
};

const events: Readonly<Record<StartEvent, string>> = {
  tip: 'tip from outside',
  awareness: 'awareness',
  'acquirer-told': 'acquirer told',
  'window-set': 'window set',
  'cards-found': 'cards found',
  'brand-request': "brand's request",
  'pfi-engaged': 'PFI engaged',
  'final-report': 'final report',
};

const states: Readonly<Record<ClockState, string>> = {
  'not-started': 'not started',
  'not-in-force': 'not in force',
  running: 'running',
  'due-soon': 'DUE SOON',
  overdue: 'OVERDUE',
  uncomputed: 'NOT COMPUTED',
  met: 'met',
  'met-late': 'met late',
  discharged: 'discharged',
  'set-aside': 'set aside',
};

const confidences: Readonly<Record<Confidence, string>> = {
  'rule-owner': "read in the rule owner's own text",
  quoted: 'read as others quote it',
  'not-found': 'no public text found',
};

const holders: Readonly<Record<DutyHolder, string>> = {
  operator: 'you',
  entrusted: 'you, for the business that entrusted you',
  acquirer: 'your acquirer, with what you tell them',
  pfi: 'the PFI',
};

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** Words of time limits. */
export const clockWords = {
  names,
  events,
  states,
  confidences,
  holders,
  basis: {
    'rule-owner': 'read at its source',
    quoted: 'read as quoted',
    'not-found': '',
  } satisfies Readonly<Record<Confidence, string>>,
  restsOn: (event: string, basis: string) => `from ${event}, ${basis}`,
  recordedLine: (subject: string, what: string) => `Recorded: ${subject}, ${what}.`,
  withdrawn: 'withdrawn',
  reopened: 'open again',
  title: 'Clocks',
  startsTitle: 'Start events',
  computed: (at: string) => `computed ${at}`,
  notAdvice:
    'This is a calculation from public texts, not legal advice: confirm each date with counsel and with your acquirer.',
  /** A day of the calendar, `2026-05-11 Mon`. */
  day: (date: string, weekday: number) => `${date} ${weekdays[weekday] ?? ''}`,
  dueSoonest: (aim: string, due: string) => `${due}, aim for ${aim}`,
  promptly: 'promptly; no number',
  unpublished: 'no public number; ask',
  missing: (year: number) => `the holiday table does not have ${String(year)}`,
  startedBy: (words: readonly string[]) => `waits for: ${words.join(' or ')}`,
  from: (event: string, at: string) => `${event}, ${at}`,
  validFrom: (day: string) => `in force only since ${day}`,
  metAt: (at: string) => `done ${at}`,
  count: (rule: ClockRule) => countOf(rule),
  moved: (from: string) => `moved from ${from}, when offices are closed`,
  dayOf: (day: number, of: number) => `day ${String(day)} of ${String(of)}`,
  remaining: (span: string) => `${span} left`,
  late: (span: string) => `${span} late`,
  otherEdition: (edition: string, due: string) => `${edition} allows until ${due}`,
  settledLabel: 'State',
  rule: 'Rule',
  counting: 'Counting',
  starting: 'From',
  due: 'Due',
  holder: 'Owed by',
  source: 'Source',
  sourceText: (confidence: string, source: string, day: string) =>
    `${confidence}, ${day}: ${source}`,
  recordedBy: (officer: string, at: string) => `recorded by ${officer}, ${at}`,
  revision: (n: number) => `changed ${counted(n, 'time')}`,
  fromFile: "from the incident's file (discovered_at)",
  notRecorded: 'not recorded',
  tipFirst:
    'The tip came before awareness. If it told you enough, authorities count from the tip: ask counsel.',
  merchantsTitle: 'Merchants that count from when they knew themselves',
  merchantsNote: 'Each reports for itself what the law asks of whoever handles personal data.',
  moreMerchants: (n: number) => `and ${counted(n, 'more merchant', 'more merchants')}: see --json`,
  statusLabel: 'Clocks',
  statusText: (incident: string, clock: string, state: string, due: string) =>
    `${incident}  ${clock}: ${state} · ${due}`,
  more: (n: number) => `and ${counted(n, 'more clock', 'more clocks')}`,
  overdue: (n: number) => `${String(n)} overdue`,
  confirm: 'a calculation: confirm with counsel',
  details: (incident: string) => `mimamori incident clocks ${incident}`,
  detailsLabel: 'every rule with its edition and source',
  record: (incident: string) => `mimamori incident record ${incident} EVENT --at TIME --as ID`,
  recordLabel: 'when something happens that starts a clock',
  settle: (incident: string) => `mimamori incident clock ${incident} CLOCK --met TIME --as ID`,
  settleLabel: 'when a report was made',
  listColumn: 'next due',
};

function countOf({ length, isCountStated }: ClockRule): string {
  const unstated = isCountStated ? '' : '; the rule does not say how days count';
  switch (length.unit) {
    case 'hours':
      return `${counted(length.due, 'hour')} from the moment`;
    case 'calendar-days': {
      const first =
        length.firstDay === 'counts' ? 'the day itself is day 1' : 'the next day is day 1';
      const range =
        length.aim === undefined || length.firstDay === 'next' ? '' : `${String(length.aim)} to `;
      const roll = length.isRolled ? '; a closed last day moves to the next open one' : '';
      return `${range}${counted(length.due, 'calendar day')}, ${first}${roll}${unstated}`;
    }
    case 'working-days': {
      const days = `${counted(length.due, 'working day')} after the day (${length.calendar} days off)`;
      return `${days}${unstated}`;
    }
    case 'promptly':
      return 'promptly; the rule names no number of days';
    case 'unpublished':
      return 'no public text gives a number of days';
  }
}

export type ClockWords = typeof clockWords;
