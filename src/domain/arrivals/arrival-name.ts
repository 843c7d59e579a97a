import { holdsCardNumber } from '../cards/card-in-bytes.ts';
import { holdsGluedCard } from '../cards/glued-card.ts';

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const SHOWN_CHARACTERS_MAX = 60;

/** Whether a file may be called so: letters, digits, dots, underscores, hyphens, and no card number among them, however they divide it. */
export function isArrivalName(name: string): boolean {
  return namePattern.test(name) && !holdsNumber(name);
}

/**
 * Whatever is neither digit nor letter counts as nothing, and a number inside a longer run of digits counts as well: a
 * file that is refused comes again under another name, and a name is kept, shown and copied.
 */
function holdsNumber(name: string): boolean {
  const text = new TextEncoder();
  if (holdsCardNumber(text.encode(name))) return true;
  return holdsGluedCard(text.encode(name.normalize('NFKC').replaceAll(/[^0-9A-Za-z]/g, '')));
}

/**
 * A name as another server tells it, to be kept and shown: anything but plain characters of ASCII as its number, cut,
 * and nothing of one in which a card number stands. Throws nothing.
 */
export function shownName(name: string): string {
  const head = name.slice(0, SHOWN_CHARACTERS_MAX);
  // Of the whole name: what is cut off could be the end of a number.
  if (holdsNumber(name)) return '…';
  const shown = head.replaceAll(
    /[^!-~]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
  return name.length > head.length ? `${shown}…` : shown;
}
