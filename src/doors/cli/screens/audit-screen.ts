import type { Leaf } from '../../../domain/audit/leaf.ts';
import type { LogBreach, LogVerdict } from '../../../domain/audit/log-verdict.ts';
import type { TailedLeaf } from '../../../exchange/audit/tail-audit.ts';
import type { Style } from '../colour.ts';
import { paint } from '../colour.ts';
import { figure } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import type { Cell } from '../table.ts';
import type { View } from '../view.ts';
import { factOf } from '../words/fault-words.ts';
import { workspaceWords as en } from '../words/en/workspace.ts';
import { workspaceWords as ja } from '../words/ja/workspace.ts';
import { recoveredLines, recoveryBreachLines } from './recovery-screen.ts';
import { labelledLines } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';
import { momentText } from './clock-texts.ts';

const words = { en, ja };

export interface VerdictView {
  readonly verdict: LogVerdict;
  readonly vkey: string;
  /** Checkpoints that the caller gave. */
  readonly given: number;
  /** Of an exported log; absent: the log of the workspace. */
  readonly directory?: string;
}

/** Whether the log holds, over how many entries, and how far that is vouched for from outside. */
export function auditVerdictScreen(checked: VerdictView, view: View): string[] {
  const { verdict, vkey, given, directory } = checked;
  const say = words[view.language];
  if (!verdict.holds) return breachLines(verdict, view);
  const none = directory === undefined ? say.anchoredNone : say.givenNone;
  const anchored = verdict.anchoredTo === 0 ? none : figure(verdict.anchoredTo);
  return [
    paint(say.holds, 'good', view),
    ...hang('', say.holdsMeans(figure(verdict.entries))),
    '',
    ...labelledLines(
      [
        [say.root, Buffer.from(verdict.root).toString('base64')],
        [say.signedTo, figure(verdict.signedTo)],
        [say.anchoredTo, given > 0 ? `${anchored} · ${say.given(given)}` : anchored],
        [say.verifierKey, showForeign(vkey)],
      ],
      view,
    ),
    ...recoveredLines(verdict.recoveries ?? [], view),
  ];
}

function breachLines(breach: LogBreach, view: View): string[] {
  const say = words[view.language];
  const path = factOf(breach.detail, 'path');
  const places = [
    ...(breach.index === undefined ? [] : [say.breachAtEntry(figure(breach.index))]),
    ...(breach.size === undefined ? [] : [say.breachAtSize(breach.size)]),
    ...(path === undefined ? [] : [path]),
    breach.kind,
  ];
  const { title, means, next } = saidOf(breach, say);
  return [
    paint(title, 'bad', view),
    ...hang('', say.breachAt(say.breach[breach.kind], places)),
    '',
    ...(recoveryBreachLines(breach, view) ?? [...hang('', means), ...nextLines([next], view)]),
  ];
}

function saidOf({ kind }: LogBreach, say: typeof en) {
  if (kind === 'anchor-missing') {
    return { title: say.anchorGone, means: say.anchorGoneMeans, next: say.anchorGoneNext };
  }
  if (kind === 'anchor-unknown-key') {
    return { title: say.breaks, means: say.unknownKeyMeans, next: say.unknownKeyNext };
  }
  const title = kind.startsWith('row-') ? say.rowBreaks : say.breaks;
  return { title, means: say.breaksMeans, next: say.breaksNext };
}

export interface TailView {
  readonly entries: readonly TailedLeaf[];
  readonly timeZone: string;
}

const resultStyles: Readonly<Record<Leaf['result'], Style>> = {
  done: 'faint',
  refused: 'warn',
  failed: 'bad',
};

/** The last entries of the log, oldest first. */
export function auditTailScreen({ entries, timeZone }: TailView, view: View): string[] {
  const say = words[view.language];
  if (entries.length === 0) return hang('', say.noEntries);
  const rows = entries.map(({ number, leaf, texts }): Cell[] => [
    figure(number),
    momentText(new Date(leaf.at), timeZone, view),
    leaf.actor,
    leaf.act,
    { text: say.result[leaf.result], style: resultStyles[leaf.result] },
    aboutText(leaf, texts),
  ]);
  const columns = [
    { align: 'right' },
    {},
    { min: 10 },
    { min: 24 },
    {},
    { overflow: 'wrap' },
  ] as const;
  return table(columns, rows, view);
}

function aboutText(leaf: Leaf, texts: Readonly<Record<string, string>>): string {
  const { code } = leaf.data;
  return [
    leaf.object,
    ...(typeof code === 'string' ? [code] : []),
    ...Object.values(texts).map((text) => `"${showForeign(text)}"`),
  ].join(' · ');
}
