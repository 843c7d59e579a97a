import { wordChannels } from '../../../domain/handoff/persons-word.ts';
import { waiverStates } from '../../../domain/readiness/statements.ts';
import type { WaiverState } from '../../../domain/readiness/statements.ts';
import { AMOUNT_MAX, feeBearers, reissuedTerms } from '../../../domain/waivers/waiver-terms.ts';
import type { WaiverTerms } from '../../../domain/waivers/waiver-terms.ts';
import { isLocalDate } from '../../../domain/workspace/time-fields.ts';
import { recordTold } from '../../../exchange/incident/record-told.ts';
import { exportWaivers } from '../../../exchange/waivers/export-waivers.ts';
import { waiverReport } from '../../../exchange/waivers/waiver-report.ts';
import { reasonOf } from '../invocation.ts';
import { momentOf } from '../moment.ts';
import { waiversDocument } from '../outputs/waivers.ts';
import { waiverRecordedLine, waiversScreen, waiverTable } from '../screens/waivers-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';
import {
  byCharactersMax,
  evidenceAt,
  oneOf,
  partyOf,
  shortText,
  termsCharactersMax,
  textsOf,
  usage,
} from './told-options.ts';
import type { ToldBy } from './told-options.ts';

/** As commander hands them over; of `request` and of `record`. */
export interface WaiverOptions extends ToldBy {
  readonly by: string;
  readonly channel: string;
  readonly at?: string;
  readonly evidence?: string;
  readonly state?: string;
  readonly condition?: string;
  readonly invoice?: string;
  readonly feeBy?: string;
  readonly unitPrice?: string;
  readonly cap?: string;
  readonly currency?: string;
  readonly reissued?: string;
  readonly from?: string;
  readonly until?: string;
}

/** `waiver request`. */
export async function requestWaiver(
  shell: Shell,
  incident: string,
  options: WaiverOptions,
): Promise<void> {
  await note(shell, incident, options, 'requested', undefined);
}

/** `waiver record`. */
export async function recordWaiver(
  shell: Shell,
  incident: string,
  options: WaiverOptions,
): Promise<void> {
  const state = oneOf(waiverStates, '--state', options.state ?? '');
  const waiver = termsOf(options);
  const { condition, invoice } = namedTexts(options);
  const isAnswer = ['granted', 'granted-with-terms', 'declined', 'disputed'].includes(state);
  const isNamed = [waiver, condition, invoice, options.terms].some((each) => each !== undefined);
  if (!isAnswer && isNamed) {
    throw usage('--state', 'an answer, where terms are named');
  }
  if (state === 'granted-with-terms' && !isNamed) {
    throw usage('--terms', 'the terms, as they were told');
  }
  await note(shell, incident, options, state, waiver);
}

async function note(
  shell: Shell,
  id: string,
  options: WaiverOptions,
  outcome: WaiverState,
  waiver: WaiverTerms | undefined,
): Promise<void> {
  const party = partyOf(options);
  const texts = { ...textsOf(options), ...namedTexts(options) };
  const channel = oneOf(wordChannels, '--channel', options.channel);
  await withWorkspace(shell, async (workspace) => {
    const { incident } = await workspace.incidents.get(id);
    const { at, evidence } = options;
    const recorded = await recordTold(workspace, {
      ...{ incident: id, party, ...texts, channel, waiver },
      told: { subject: 'waiver', outcome },
      saidAt: at === undefined ? undefined : momentOf('--at', at, incident.time_zone),
      evidence: evidence === undefined ? undefined : await evidenceAt(workspace, evidence),
      ...{ officer: shell.options.as, reason: reasonOf(shell.options) },
    });
    const report = await waiverReport(workspace, id);
    shell.print([...waiverRecordedLine(recorded, shell), '', ...waiversScreen(report, shell)]);
    shell.document(waiversDocument(report));
  });
}

/** `waiver show`. */
export async function showWaivers(shell: Shell, incident: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const report = await waiverReport(workspace, incident);
    shell.print(waiversScreen(report, shell));
    shell.document(waiversDocument(report));
  });
}

/** `waiver report`. */
export async function reportWaivers(shell: Shell, incident: string, output: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const report = await waiverReport(workspace, incident);
    const words = waiverTable(shell, report.incident.time_zone);
    const { sha256, bytes } = await exportWaivers(workspace, report, output, words);
    shell.print(waiversScreen(report, shell));
    shell.document({ ...waiversDocument(report), file: { path: output, sha256, bytes } });
  });
}

/** When it holds and how it is invoiced, as told. Throws `usage`. */
function namedTexts({ condition, invoice }: WaiverOptions) {
  return {
    condition: shortText('--condition', condition, termsCharactersMax),
    invoice: shortText('--invoice', invoice, byCharactersMax),
  };
}

/** What was named, and nothing else. */
function termsOf(options: WaiverOptions): WaiverTerms | undefined {
  const { feeBy, reissued, from, until, currency } = options;
  const unitPrice = amountOf('--unit-price', options.unitPrice);
  const cap = amountOf('--cap', options.cap);
  const hasAmount = unitPrice !== undefined || cap !== undefined;
  if (hasAmount !== (currency !== undefined)) {
    throw usage('--currency', 'with --unit-price or --cap, such as JPY');
  }
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) {
    throw usage('--currency', 'three letters, such as JPY');
  }
  for (const [option, day] of [['--from', from] as const, ['--until', until] as const]) {
    if (day !== undefined && !isLocalDate(day)) throw usage(option, 'a date such as 2026-12-01');
  }
  if (from !== undefined && until !== undefined && until < from) {
    throw usage('--until', 'a day that is not before --from');
  }
  const terms: WaiverTerms = {
    ...(feeBy === undefined ? {} : { feeBy: oneOf(feeBearers, '--fee-by', feeBy) }),
    ...(unitPrice === undefined ? {} : { unitPrice }),
    ...(cap === undefined ? {} : { cap }),
    ...(currency === undefined ? {} : { currency }),
    ...(reissued === undefined ? {} : { reissued: oneOf(reissuedTerms, '--reissued', reissued) }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
  return Object.keys(terms).length === 0 ? undefined : terms;
}

function amountOf(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (!/^\d{1,9}$/.test(given) || Number(given) > AMOUNT_MAX) {
    throw usage(option, 'a whole amount, such as 1100');
  }
  return Number(given);
}
