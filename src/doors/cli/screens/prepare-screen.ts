import type { Prepared } from '../../../exchange/handoff/prepare-handoff.ts';
import type { Recipient } from '../../../domain/recipients/recipient.ts';
import { paint } from '../colour.ts';
import { durationIn, shortDigest, sizeIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { alignFigures, hang, pad, widthOf } from '../layout.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { prepareWords as en } from '../words/en/prepare.ts';
import type { PrepareWords } from '../words/en/prepare.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { prepareWords as ja } from '../words/ja/prepare.ts';
import { nextLines } from './next-lines.ts';
import type { NextStep } from './next-lines.ts';
import { recalledBeforeLines } from './recalled-before-lines.ts';
import { waiverRequestLines } from './waiver-request-lines.ts';
import { repeatLines } from './repeat-lines.ts';
import { sourceLines } from './source-lines.ts';
import { tallyLines } from './tally-lines.ts';
import { subjectWords } from './subject-words.ts';

const words = { en, ja };
const common = { en: commonEn, ja: commonJa };

/** The certificate of a recipient as a line of the screen tells it. */
export interface SealedTo {
  readonly algorithm: string;
  /** When it ends, `YYYY-MM-DD`; undefined for one without an end. */
  readonly endsOn: string | undefined;
}

export interface PreparedView {
  readonly prepared: Prepared;
  readonly recipients: readonly Pick<Recipient, 'id' | 'fingerprint'>[];
  /** By recipient; a line without it shows the key alone. */
  readonly certificates?: Readonly<Record<string, SealedTo>>;
  /** Whether the requester's signature is on the plan already. */
  readonly isRequested: boolean;
  readonly elapsedMs: number;
}

/**
 * What a prepare came to: sources, the tally, whose numbers add up on the screen itself, the batches, and what happens
 * next. A dry run says so in its first and in its last line.
 */
export function prepareScreen(data: PreparedView, view: View): string[] {
  const { prepared } = data;
  const { result, incident } = prepared;
  const say = words[view.language];
  const isDryRun = prepared.plan === undefined;
  return [
    ...(isDryRun ? [paint(say.dryRunFirst, 'warn', view), ''] : []),
    ...heading(data, view),
    '',
    ...tallyLines({ ...result, incident }, durationIn(data.elapsedMs, view.language), view),
    ...(result.foundByName === undefined ? [] : hang('', say.foundByName(result.foundByName))),
    '',
    ...batchLines(data, view),
    ...(prepared.requestsWaiver ? waiverRequestLines(result.batches, view) : []),
    ...repeatLines(result.repeats, view),
    ...recalledBeforeLines(prepared.recalledBefore, view),
    '',
    ...(isDryRun ? hang('', say.dryRunLast) : endLines(data, view)),
  ];
}

function heading({ prepared }: PreparedView, view: View): string[] {
  const { incident, mode, stage, sources } = prepared;
  const say = words[view.language];
  const shared = common[view.language];
  const names = [incident.id, showForeign(incident.public_name)];
  const title = [...names, shared.list[stage], shared.mode[mode]];
  return [
    ...hang(pad(say.incident, labelWidth(say)), title.join(' · ')),
    ...sourceLines(say.sources, labelWidth(say), sources, view),
    ...fitLines(prepared, view),
  ];
}

/** A spec that was not asked for is told, never applied: it decides which records count. */
function fitLines({ sources, result }: Prepared, view: View): string[] {
  const say = words[view.language];
  return result.sources.flatMap(({ fits }, number) =>
    fits === undefined ? [] : hang('', say.fits(showForeign(sources[number]?.name ?? ''), fits)),
  );
}

function labelWidth(say: PrepareWords): number {
  return Math.max(widthOf(say.incident), widthOf(say.sources)) + 2;
}

function batchLines({ prepared, recipients, certificates }: PreparedView, view: View): string[] {
  const { batches } = prepared.result;
  const say = words[view.language];
  const handed = subjectWords(view, prepared.result.subject);
  const shared = { ...common[view.language], ...handed };
  if (batches.length === 0) return hang('', handed.nothing ?? say.nothing);
  const isDryRun = prepared.plan === undefined;
  const counts = alignFigures(batches.map(({ cards }) => shared.cardCount(cards)));
  const issuers = alignFigures(
    batches.map((batch) => shared.issuers(new Set(batch.issuers.map(({ issuer }) => issuer)).size)),
  );
  const sizes = alignFigures(batches.map(({ bytes }) => sizeIn(bytes, view.language)));
  const rows = batches.map(({ batch, recipient }, at) => {
    const key = shortDigest(recipients.find(({ id }) => id === recipient)?.fingerprint ?? '');
    const certificate = certificates?.[recipient];
    const { endsOn } = certificate ?? {};
    const until = endsOn === undefined ? shared.noEnd : shared.until(endsOn);
    return [
      isDryRun ? '' : batch,
      recipient,
      counts[at]!,
      issuers[at]!,
      isDryRun ? say.dryRunRemark : sizes[at]!,
      certificate === undefined ? say.toKey(key) : say.to(key, certificate.algorithm, until),
    ];
  });
  const columns = [
    {},
    { min: 10 },
    { align: 'right' },
    { align: 'right' },
    { align: 'right' },
    { overflow: 'wrap' },
  ] as const;
  return [say.batches, ...table(columns, rows, view, 2)];
}

function endLines({ prepared, isRequested }: PreparedView, view: View): string[] {
  const { handoff, plan, requester, result } = prepared;
  const say = words[view.language];
  const hasHeld = Object.keys(result.held).length > 0;
  const held: readonly NextStep[] = hasHeld
    ? [{ command: say.heldNext(handoff), label: say.heldLabel }]
    : [];
  const findings = { command: say.findingsNext(handoff), label: say.findingsLabel };
  if (result.batches.length === 0) return nextLines([...held, findings], view);
  const request = isRequested
    ? []
    : [{ command: say.nextRequest(handoff, requester), label: say.requestLabel }];
  const decide: NextStep[] = [
    { command: say.nextReview(handoff), label: say.reviewLabel },
    ...request,
    { command: say.nextApprove(handoff), label: say.approveLabel },
  ];
  return [
    ...hang('', say.promise(shortDigest(plan?.planSha256 ?? ''))),
    ...(isRequested ? [] : hang('', say.unsigned)),
    ...nextLines([...decide, ...held], view),
  ];
}
