import type { Reason } from '../../../domain/intake/reasons.ts';
import type { ListedFinding, ListedFindings } from '../../../exchange/handoff/list-findings.ts';
import { commandLines } from '../command-lines.ts';
import { figure } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { clip, hang, LINE_COLUMNS, pad, widthOf } from '../layout.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { listingWords as en } from '../words/en/listings.ts';
import * as reasonsEn from '../words/en/reasons.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { listingWords as ja } from '../words/ja/listings.ts';
import * as reasonsJa from '../words/ja/reasons.ts';
import { nextLines } from './next-lines.ts';
import type { NextStep } from './next-lines.ts';

const words = {
  en: { ...commonEn, ...en, ...reasonsEn },
  ja: { ...commonJa, ...ja, ...reasonsJa },
};

/** Leaves room for a line number and the longest reason. */
const NAME_COLUMNS = 64;

/** Line numbers that a person looks up by hand; for more there is the listing. */
const LINES_SHOWN = 8;

/** One finding a line, `orders.csv:1204 luhn  …`: for grep, for an editor's "go to line", and for who does not know the code. */
export function findingsScreen(found: ListedFindings, view: View): string[] {
  const say = words[view.language];
  if (found.findings.length === 0) return hang('', say.noFindings);
  const names = found.sources.map(({ name }) => clip(showForeign(name), NAME_COLUMNS, 'middle'));
  return found.findings.map(({ source, line, reason, merchant = '' }) => {
    const code = [reason, merchant].join(' ').trim();
    const place = `${names[source] ?? `#${source + 1}`}:${line}`;
    const meaning = (say.reasonWords as Readonly<Record<string, string>>)[reason] ?? '';
    return clip(`${place} ${code}  ${meaning}`.trimEnd(), LINE_COLUMNS);
  });
}

/** Held records by reason: how many, where the first of them stand, and what decides them. */
export function heldScreen(found: ListedFindings, view: View): string[] {
  const say = words[view.language];
  const { row, findings } = found;
  if (findings.length === 0) return hang('', say.noHeld(row.id));
  const byReason = [...Map.groupBy(findings, ({ reason }) => reason)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const steps: NextStep[] = [
    ...(row.state === 'undecided'
      ? [{ command: say.cancelFirst(row.id), label: say.cancelLabel }]
      : []),
    say.prepareAgain,
  ];
  return [
    ...hang('', say.heldTitle(row.id, findings.length)),
    ...byReason.flatMap(([reason, own]) => ['', ...reasonBlock(found, reason, own, view)]),
    '',
    ...nextLines(steps, view),
  ];
}

function reasonBlock(
  found: ListedFindings,
  reason: string,
  own: readonly ListedFinding[],
  view: View,
): string[] {
  const say = words[view.language];
  const id = reason as Reason;
  const ways = say.heldSteps[id]?.(found.row.incident) ?? [];
  const column = Math.max(widthOf(say.decideBy), widthOf(say.orBy));
  return [
    ...hang(`${figure(own.length).padStart(6)}  `, `${reason}  ${say.reasonWords[id]}`),
    ...linesBySource(found, own, view).flatMap((text) => hang(INDENT, text)),
    ...(own.length > LINES_SHOWN
      ? commandLines(INDENT, say.allLines(found.row.id, reason), say.allLinesLabel)
      : []),
    ...ways.flatMap(({ command, label }, at) => {
      const head = pad(at === 0 ? say.decideBy : say.orBy, column);
      return commandLines(`${INDENT}${head}  `, command, label);
    }),
  ];
}

const INDENT = ' '.repeat(8);

function linesBySource(
  { sources }: ListedFindings,
  own: readonly ListedFinding[],
  view: View,
): string[] {
  const say = words[view.language];
  return [...Map.groupBy(own, ({ source }) => source)].map(([source, findings]) => {
    const name = showForeign(sources[source]?.name ?? `#${source + 1}`);
    const shown = findings.slice(0, LINES_SHOWN).map(({ line }) => figure(line));
    const rest = findings.length - shown.length;
    return `${say.linesIn(name)}  ${shown.join('  ')}${rest > 0 ? `  ${say.more(rest)}` : ''}`;
  });
}
