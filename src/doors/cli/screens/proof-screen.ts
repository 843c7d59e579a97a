import type { ProofVerdict } from '../../../domain/audit/verify-proof.ts';
import { paint } from '../colour.ts';
import { figure, timeIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { exportWords as en } from '../words/en/export.ts';
import { exportWords as ja } from '../words/ja/export.ts';
import { labelledLines } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';

const words = { en, ja };

export interface ProvenView {
  readonly index: number;
  readonly size: number;
  readonly output: string;
  readonly entry: string;
  readonly vkey: string;
}

/** A proof that was written, with the entry it is about. */
export function provenScreen(proven: ProvenView, view: View): string[] {
  const say = words[view.language];
  const { index, size, vkey } = proven;
  const [output, entry] = [showForeign(proven.output), showForeign(proven.entry)];
  return [
    ...hang('', paint(say.proven(figure(index), output, entry), 'good', view)),
    ...hang('', say.provenMeans(size)),
    ...hang('', say.handKeyApart),
    '',
    ...nextLines(
      [{ command: `mimamori audit verify-proof ${output} ${entry} --vkey ${showForeign(vkey)}` }],
      view,
    ),
  ];
}

export interface ProofVerdictView {
  readonly verdict: ProofVerdict;
  readonly vkey: string;
}

/** Whether an entry stands in the log, and what it says. */
export function proofVerdictScreen({ verdict, vkey }: ProofVerdictView, view: View): string[] {
  const say = words[view.language];
  if (!verdict.holds) {
    return [
      paint(say.proofBreaks, 'bad', view),
      ...hang('', say.withCode(say.proofBreach[verdict.kind], verdict.kind)),
    ];
  }
  const { index, size, origin, leaf } = verdict;
  return [
    paint(say.proofHolds, 'good', view),
    '',
    ...labelledLines(
      [
        [say.log, showForeign(origin)],
        [say.entry, say.entryOf(figure(index), size)],
        [say.at, timeIn(new Date(leaf.at), zoneOf(view))],
        [say.act, `${leaf.actor} · ${leaf.act} · ${say.result[leaf.result]}`],
        [say.object, leaf.object],
        [say.verifierKey, showForeign(vkey)],
      ],
      view,
      2,
    ),
  ];
}
