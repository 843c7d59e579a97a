/** How many cards a decrypted file names, and two sums over them that do not depend on their order. */
export interface CardsDigest {
  readonly cards: number;
  readonly sum: number;
  readonly mixed: number;
}

const comma = 0x2c;
const newline = 0x0a;

/** Reads lines that begin with 12 to 19 digits and a comma; others, such as a header, are no cards. */
export function cardsDigest(text: Uint8Array): CardsDigest {
  let [cards, sum, mixed] = [0, 0, 0];
  for (let at = 0; at < text.length; at = text.indexOf(newline, at) + 1 || text.length) {
    let hash = 0x811c_9dc5;
    let end = at;
    for (; isDigit(text[end]); end++) hash = Math.imul(hash ^ text[end]!, 0x0100_0193);
    if (text[end] !== comma || end - at < 12 || end - at > 19) continue;
    cards += 1;
    sum = (sum + hash) | 0;
    mixed = (mixed + Math.imul(hash ^ (hash >>> 15), 0x85eb_ca6b)) | 0;
  }
  return { cards, sum, mixed };
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
