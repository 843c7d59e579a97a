import type { ListedSource } from '../../../exchange/arrivals/list-sources.ts';
import { shortDigest, sizeIn } from '../figures.ts';
import { hang } from '../layout.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { broughtWords as en } from '../words/en/brought.ts';
import { broughtWords as ja } from '../words/ja/brought.ts';
import { momentText } from './clock-texts.ts';
import { nextLines } from './next-lines.ts';
import type { NextStep } from './next-lines.ts';

const words = { en, ja };

/** `source list`: what was brought into boxes and lies here. */
export function sourceListScreen(listed: readonly ListedSource[], view: View): string[] {
  const say = words[view.language];
  if (listed.length === 0) return hang('', say.none);
  return [
    say.title,
    ...listed.flatMap((source) => sourceLines(source, view)),
    '',
    ...nextLines(stepsOf(listed, view), view),
  ];
}

function sourceLines({ arrival, handoffs, standing }: ListedSource, view: View): string[] {
  const say = words[view.language];
  const { id, recipient, name, bytes, sha256, arrivedAt } = arrival;
  const at = momentText(arrivedAt, zoneOf(view), view);
  const size = sizeIn(bytes, view.language);
  return [
    ...hang(`  ${id}  `, `${at} · ${recipient} · ${name}`),
    ...hang(' '.repeat(12), `${size} · sha256 ${shortDigest(sha256)}`),
    ...hang(' '.repeat(12), say.standing[standing](handoffs.join(', '))),
  ];
}

/** For the first that is not used yet, and the first that is not needed any more. */
function stepsOf(listed: readonly ListedSource[], view: View): NextStep[] {
  const say = words[view.language];
  const first = (standing: ListedSource['standing']): string | undefined =>
    listed.find((source) => source.standing === standing)?.arrival.id;
  const [unused, done] = [first('unknown'), first('done')];
  return [
    ...(unused === undefined
      ? []
      : [
          { command: say.prepare(unused), label: say.prepareLabel },
          { command: say.refuse(unused), label: say.refuseLabel },
        ]),
    ...(done === undefined ? [] : [{ command: say.purge(done), label: say.purgeLabel }]),
  ];
}
