import { between } from './seeded-cards.ts';

/** A signed note, or a proof together with the number of the entry that it proves. */
export interface Paper {
  readonly kind: 'note' | 'proof';
  readonly content: Uint8Array;
  readonly entry: number;
}

/** One paper with one stretch of it replaced, and the entry it is held against. */
export interface Alteration {
  readonly way: string;
  readonly paper: number;
  readonly entry: number;
  readonly at: number;
  readonly removed: number;
  readonly inserted: Buffer;
}

type Stretch = readonly [at: number, removed: number, inserted: Buffer | string];
type Rng = () => number;
type Way = (paper: Buffer, rng: Rng, others: readonly Paper[]) => Stretch | undefined;

/** What somebody could try, by name. Each gives something that is not what was signed, or `undefined`. */
const ways: Readonly<Record<string, Way>> = {
  'bit-flipped': (paper, rng) => {
    const at = between(rng, 0, paper.length - 1);
    return [at, 1, Buffer.of(paper[at]! ^ (1 << between(rng, 0, 7)))];
  },
  'byte-changed': (paper, rng) => {
    const at = between(rng, 0, paper.length - 1);
    return [at, 1, Buffer.of(paper[at]! ^ between(rng, 1, 255))];
  },
  truncated: (paper, rng) => {
    const at = between(rng, 0, paper.length - 1);
    return [at, paper.length - at, ''];
  },
  'beginning-lost': (paper, rng) => [0, between(rng, 1, paper.length - 1), ''],
  'bytes-lost': (paper, rng) => {
    const at = between(rng, 0, paper.length - 1);
    return [at, between(rng, 1, Math.min(8, paper.length - at)), ''];
  },
  'byte-added': (paper, rng) => {
    const mark =
      rng() < 0.5
        ? Buffer.from(pick(rng, ['\n', ' ', '\r', '=', '+', '0', 'A', '\t', '\0']))
        : undefined;
    return [between(rng, 0, paper.length), 0, mark ?? Buffer.of(between(rng, 0, 255))];
  },
  'line-doubled': (paper, rng) => {
    const [at, length] = pick(rng, linesOf(paper));
    return [at, 0, paper.subarray(at, at + length)];
  },
  'line-lost': (paper, rng) => {
    const [at, length] = pick(rng, linesOf(paper));
    return [at, length, ''];
  },
  'lines-swapped': (paper, rng) => {
    const lines = linesOf(paper);
    const [first, second] = [between(rng, 0, lines.length - 2), between(rng, 0, lines.length - 2)];
    if (first >= second) return undefined;
    const parts = lines
      .slice(first, second + 1)
      .map(([at, length]) => paper.subarray(at, at + length));
    const swapped = Buffer.concat([parts.at(-1)!, ...parts.slice(1, -1), parts[0]!]);
    return [lines[first]![0], swapped.length, swapped];
  },
  'field-of-another': (paper, rng, others) => {
    const lines = linesOf(paper);
    const number = between(rng, 0, lines.length - 1);
    const other = Buffer.from(pick(rng, others).content);
    const taken = linesOf(other)[number];
    if (taken === undefined) return undefined;
    const [at, length] = lines[number]!;
    return [at, length, other.subarray(taken[0], taken[0] + taken[1])];
  },
  'base64-respelled': (paper, rng) => {
    const found = [...paper.toString('latin1').matchAll(/[A-Za-z0-9+/]{30,}={0,2}/g)];
    const { 0: text, index } = pick(rng, found);
    return [index, text.length, respelled(text, rng)];
  },
  'key-renamed': (paper, rng) => {
    const name = 'example.com/log';
    const at = paper.lastIndexOf(name);
    const again = [
      'example.com/lag',
      'example.com',
      'Example.com/log',
      `${name}2`,
      `${name}+`,
      `${name} x`,
      '',
    ];
    return [at, name.length, pick(rng, again)];
  },
  'other-number': (paper, rng) => {
    const found = [...paper.toString('latin1').matchAll(/(?<=^|index )[0-9]+$/gm)];
    const { 0: text, index } = pick(rng, found);
    const own = Number(text);
    const numbers = [own + 1, own - 1, own * 2, own ^ 64, between(rng, 0, 128), 2 ** 31, 2 ** 53];
    const spelled = [
      `0${text}`,
      `+${text}`,
      `-${text}`,
      `${text}.0`,
      `${text}e0`,
      '9223372036854775808',
      '',
    ];
    return [index, text.length, rng() < 0.7 ? String(pick(rng, numbers)) : pick(rng, spelled)];
  },
};

export const wayNames: readonly string[] = [...Object.keys(ways), 'other-entry'];

/** The next alteration: of a paper in a way that changes something, or the paper held against another entry. */
export function alteration(rng: Rng, papers: readonly Paper[], entries: number): Alteration {
  for (;;) {
    const paper = between(rng, 0, papers.length - 1);
    const { kind, content, entry } = papers[paper]!;
    const way = pick(rng, wayNames);
    if (way === 'other-entry') {
      const other = between(rng, 0, entries - 1);
      if (kind === 'note' || other === entry) continue;
      return { way, paper, entry: other, at: 0, removed: 0, inserted: Buffer.alloc(0) };
    }
    const others = papers.filter((other) => other.kind === kind);
    const stretch = ways[way]!(Buffer.from(content), rng, others);
    if (stretch === undefined) continue;
    const [at, removed] = stretch;
    const inserted = Buffer.from(stretch[2]);
    if (!inserted.equals(content.subarray(at, at + removed)))
      return { way, paper, entry, at, removed, inserted };
  }
}

/** The paper as altered. */
export function alteredContent(
  content: Uint8Array,
  { at, removed, inserted }: Alteration,
): Uint8Array {
  return new Uint8Array(
    Buffer.concat([content.subarray(0, at), inserted, content.subarray(at + removed)]),
  );
}

/** Other spellings that a lenient reader takes for the same bytes, or for others. */
function respelled(text: string, rng: Rng): string {
  const bare = text.replace(/=+$/, '');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const stray = alphabet[alphabet.indexOf(bare.at(-1)!) ^ 1]!;
  const at = between(rng, 1, bare.length - 1);
  return pick(rng, [
    bare,
    `${text}=`,
    `${text}====`,
    `${bare.slice(0, -1)}${stray}${text.slice(bare.length)}`,
    `${bare.slice(0, at)}\n${text.slice(at)}`,
    `${bare.slice(0, at)} ${text.slice(at)}`,
    `${bare.slice(0, at)}=${text.slice(at)}`,
    `${text}AAAA`,
    text.toLowerCase(),
    `${bare.slice(0, at)}-${text.slice(at + 1)}`,
  ]);
}

/** Where each line begins and how long it is, with its end. */
function linesOf(paper: Buffer): readonly (readonly [at: number, length: number])[] {
  const lines: [number, number][] = [];
  for (let at = 0; at < paper.length;) {
    const end = paper.indexOf(0x0a, at);
    const next = end === -1 ? paper.length : end + 1;
    lines.push([at, next - at]);
    at = next;
  }
  return lines;
}

function pick<T>(rng: Rng, items: readonly T[]): T {
  return items[between(rng, 0, items.length - 1)]!;
}
