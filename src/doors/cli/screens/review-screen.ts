import { brands } from '../../../domain/cards/brands.ts';
import type { PlannedBatch } from '../../../domain/handoff/plan.ts';
import type { ReviewedBatch } from '../../../domain/handoff/review.ts';
import { stageOf } from '../../../exchange/handoff/show-handoff.ts';
import type { ShownHandoff } from '../../../exchange/handoff/show-handoff.ts';
import { paint } from '../colour.ts';
import { figure, shortDigest, sizeIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang, pad, widthOf } from '../layout.ts';
import { table } from '../table.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import type { Language } from '../language.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { importWords as importEn } from '../words/en/import.ts';
import { prepareWords as prepareEn } from '../words/en/prepare.ts';
import { reviewWords as en } from '../words/en/review.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { importWords as importJa } from '../words/ja/import.ts';
import { prepareWords as prepareJa } from '../words/ja/prepare.ts';
import { reviewWords as ja } from '../words/ja/review.ts';
import { emergencyLines } from './emergency-lines.ts';
import { labelledLines } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';
import { recalledLines } from './recall-screen.ts';
import { recalledBeforeLines } from './recalled-before-lines.ts';
import { repeatLines } from './repeat-lines.ts';
import { sourceLines } from './source-lines.ts';
import { traitRows } from './trait-rows.ts';
import { tallyLines } from './tally-lines.ts';
import { subjectWords } from './subject-words.ts';
import { waiverRequestLines } from './waiver-request-lines.ts';
import { accountLines } from './account-lines.ts';
import { momentText } from './clock-texts.ts';

const words = {
  en: { ...commonEn, ...prepareEn, sentElsewhere: importEn.sentElsewhere, ...en },
  ja: { ...commonJa, ...prepareJa, sentElsewhere: importJa.sentElsewhere, ...ja },
};

/** Samples beside an issuer: enough to recognise a mix-up, few enough to read. */
const SAMPLES_SHOWN = 2;

/** What the approver decides on: the tally, then every batch by issuer with truncated samples, and where it will go. */
export function reviewScreen(shown: ShownHandoff, view: View): string[] {
  const { review, row, plan, incident, sources } = shown;
  const say = words[view.language];
  if (review === undefined || row.report === undefined) return hang('', say.noReview);
  const column = Math.max(widthOf(say.review), widthOf(say.sources), widthOf(say.incident)) + 2;
  const digest = shortDigest(row.planSha256 ?? '');
  const planText =
    plan === undefined
      ? say.plan(digest)
      : say.planUntil(digest, momentText(new Date(plan.expiresAt), zoneOf(view, incident), view));
  const asksWaiver = review.batches.some(({ requestsWaiver }) => requestsWaiver === true);
  const stage = stageOf(shown);
  const title = [
    row.incident,
    showForeign(incident.public_name),
    ...(stage === undefined ? [] : [say.list[stage]]),
    say.mode[row.mode],
  ];
  return [
    ...hang(pad(say.review, column), `${row.id} · ${planText}`),
    ...hang(pad(say.incident, column), title.join(' · ')),
    ...accountLines(shown.accounts, view),
    ...emergencyLines(row.emergency, view, zoneOf(view, incident)),
    ...sourceLines(say.sources, column, sources, view),
    '',
    ...(review.recall === undefined
      ? tallyLines({ ...row.report, incident, isForApprover: true }, undefined, view)
      : recalledLines(review.recall, review, view)),
    ...review.batches.flatMap((batch) => [
      '',
      ...batchLines(
        batch,
        row.report?.subject,
        plan?.batches.find((planned) => planned.batch === batch.batch),
        view,
      ),
    ]),
    ...spaced(repeatLines(review.repeats, view)),
    ...spaced(recalledBeforeLines(review.recalledBefore, view)),
    ...spaced(asksWaiver ? waiverRequestLines(review.batches, view) : []),
    ...elsewhereLines(shown, view),
    ...reliedOnLines(shown, view),
    ...(row.state === 'undecided' ? ['', ...decideLines(row.id, view)] : []),
  ];
}

function elsewhereLines({ review }: ShownHandoff, view: View): string[] {
  const said = review?.sentElsewhere;
  if (review === undefined || said === undefined) return [];
  const say = words[view.language];
  return ['', ...hang('◆ ', say.sentElsewhere(said.recipient, say.cardCount(review.cards)))];
}

function spaced(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** A brand by its id, as people call it. */
export function brandName(id: string, language: Language): string {
  const brand = brands.find((candidate) => candidate.id === id);
  if (brand === undefined || brand.id === 'unknown') return words[language].unknownBrand;
  return language === 'ja' ? brand.nameJa : brand.name;
}

function batchLines(
  batch: ReviewedBatch,
  subject: 'references' | undefined,
  planned: PlannedBatch | undefined,
  view: View,
): string[] {
  const say = { ...words[view.language], ...subjectWords(view, subject) };
  const parts = [
    say.cards(batch.cards),
    ...(planned === undefined
      ? []
      : [
          sizeIn(planned.bytes, view.language),
          say.key(shortDigest(planned.certificate)),
          say.to(endpointText(planned.endpoint, view)),
        ]),
  ];
  const rows = batch.issuers.map(({ issuer, brand, country, cards, sample }) => [
    figure(cards),
    issuer === '' ? say.unknownIssuer : showForeign(issuer),
    brand === 'unknown' ? say.unknownBrand : brandName(brand, view.language),
    country,
    sample.slice(0, SAMPLES_SHOWN).join(', '),
  ]);
  const head = `${batch.batch}  ${batch.recipient}  `;
  return [
    ...hang(`${paint(head.trimEnd(), 'strong', view)}  `, parts.join(' · ')),
    ...(planned === undefined ? [] : labelledLines(traitRows(planned.endpoint, view), view, 2)),
    ...table([{ align: 'right' }, { min: 16 }, {}, {}, {}], rows, view, 2),
  ];
}

function endpointText(endpoint: PlannedBatch['endpoint'], view: View): string {
  const say = words[view.language];
  if (endpoint.kind === 'manual') return say.manual(showForeign(endpoint.directory));
  if (endpoint.kind === 'pickup') return say.box(endpoint.keys);
  const port = endpoint.port === 22 ? '' : `:${String(endpoint.port)}`;
  return say.sftp(
    showForeign(endpoint.user),
    `${showForeign(endpoint.host)}${port}`,
    showForeign(endpoint.directory),
  );
}

function reliedOnLines({ plan }: ShownHandoff, view: View): string[] {
  const say = { ...words[view.language], ...subjectWords(view, plan?.subject) };
  const lines = (plan?.reliedOn ?? []).flatMap(({ batch, cards }) =>
    hang('', say.reliedOn(cards, batch)),
  );
  return lines.length === 0 ? [] : ['', ...lines];
}

function decideLines(handoff: string, view: View): string[] {
  const say = words[view.language];
  return [
    ...hang('', say.question),
    ...nextLines(
      [
        { command: say.approve(handoff), label: say.approveLabel },
        { command: say.decline(handoff), label: say.declineLabel },
      ],
      view,
    ),
  ];
}
