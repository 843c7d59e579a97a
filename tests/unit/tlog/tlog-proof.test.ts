import { describe, expect, it } from 'vitest';

import { verifyProof } from '../../../src/domain/audit/verify-proof.ts';
import { isFault } from '../../../src/domain/fault.ts';
import { encodeTlogProof, parseTlogProof } from '../../../src/domain/tlog/tlog-proof.ts';
import { inclusionProof, placesRead } from '../../../src/domain/tlog/tree.ts';
import { testLog, testLogKey } from '../../support/audit-log.ts';
import { seededRandom } from '../../support/seeded-cards.ts';

const key = testLogKey();
const log = testLog(key, 300, [300]);
const [index, size] = [77, 300];
const hashes = inclusionProof(index, size, log.readNode);
const checkpoint = log.checkpoints[0]!.note;
const proof = encodeTlogProof({ index, hashes, checkpoint });
const entry = log.leaves[index]!.bytes;
const text = new TextDecoder().decode(proof);
const bytesOf = (changed: string): Uint8Array => new TextEncoder().encode(changed);

/** Whether a proof and an entry are accepted; anything but a refusal by value or by code fails the test. */
function isAccepted(bytes: Uint8Array, about = entry): boolean {
  try {
    return verifyProof(parseTlogProof(bytes), about, key.vkey).holds;
  } catch (error) {
    if (!isFault(error)) throw error;
    return false;
  }
}

describe('encodeTlogProof()', () => {
  it('writes title, index, hashes, a blank line and the checkpoint as it was issued', () => {
    const lines = text.split('\n');
    expect(lines.slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 77']);
    expect(lines.slice(2, 11).every((line) => Buffer.from(line, 'base64').length === 32)).toBe(
      true,
    );
    expect(lines[11]).toBe('');
    expect(lines.slice(12).join('\n')).toBe(new TextDecoder().decode(checkpoint));
    expect(parseTlogProof(proof)).toEqual({ index, hashes, checkpoint });
  });

  it('needs no hashes for the only entry of a log', () => {
    const only = testLog(key, 1, [1]);
    const note = only.checkpoints[0]!.note;
    const bytes = encodeTlogProof({ index: 0, hashes: [], checkpoint: note });
    expect(verifyProof(parseTlogProof(bytes), only.leaves[0]!.bytes, key.vkey).holds).toBe(true);
  });
});

describe('parseTlogProof()', () => {
  it.each([
    ['another title', text.replace('@v1', '@v2'), 1],
    ['extra data, which nothing signs', text.replace('index', 'extra AAAA\nindex'), 2],
    ['a leading zero', text.replace('index 77', 'index 077'), 2],
    ['a sign', text.replace('index 77', 'index +77'), 2],
    ['an index beyond 2^53', text.replace('index 77', 'index 9007199254740993'), 2],
    ['a short hash', text.replace(/\n[^\n]{44}\n/, '\nAAAA\n'), 3],
    ['line ends of Windows', text.replaceAll('\n', '\r\n'), 0],
    ['no blank line', text.replaceAll('\n\n', '\n'), 0],
    ['nothing', '', 0],
  ])('refuses %s', (_, changed, line) => {
    expect(() => parseTlogProof(bytesOf(changed))).toThrow(
      expect.objectContaining({ code: 'proof-malformed', facts: { line } }) as Error,
    );
  });

  it('refuses more hashes than a tree can be high', () => {
    const many = Array.from({ length: 54 }, () => hashes[0]!);
    expect(isAccepted(encodeTlogProof({ index, hashes: many, checkpoint }))).toBe(false);
  });
});

describe('verifyProof()', () => {
  it('holds for the entry, and says what it is', () => {
    expect(verifyProof(parseTlogProof(proof), entry, key.vkey)).toMatchObject({
      ...{ holds: true, index, size, origin: 'example.com/log', leaf: { act: 'officer-add' } },
    });
  });

  it.each<[string, Uint8Array, string, string, number?]>([
    ['another entry', entry.with(9, 0x21), key.vkey, 'entry-not-included'],
    ['another key', entry, testLogKey().vkey, 'checkpoint-bad-signature'],
    ['another index', entry, key.vkey, 'entry-not-included', 78],
  ])('does not hold for %s', (_, about, vkey, kind, at = index) => {
    const parsed = { ...parseTlogProof(proof), index: at };
    expect(verifyProof(parsed, about, vkey)).toEqual({ holds: false, kind });
  });

  it('accepts none of all proofs with one changed bit, nor any of 2,000 with bytes cut or put in', () => {
    for (let bit = 0; bit < proof.length * 8; bit += 1) {
      const changed = proof.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      if (isAccepted(changed)) throw new Error(`accepted with bit ${bit} changed`);
    }
    const rng = seededRandom(5);
    for (let round = 0; round < 2_000; round += 1) {
      const at = Math.floor(rng() * proof.length);
      const count = Math.floor(rng() * 4);
      const put = Array.from({ length: Math.floor(rng() * 4) }, () => Math.floor(rng() * 256));
      const changed = Uint8Array.from([...proof].toSpliced(at, count, ...put));
      const isSame = Buffer.compare(changed, proof) === 0;
      if (!isSame && isAccepted(changed)) throw new Error(`accepted in round ${round}`);
    }
  });
});

describe('placesRead()', () => {
  it('names exactly the nodes that a proof is made of', () => {
    const places = placesRead((readNode) => inclusionProof(index, size, readNode));
    const few = new Map(places.map(({ level, index: at }) => [`${level}/${at}`, level]));
    const seen = inclusionProof(index, size, (level, at) =>
      few.has(`${level}/${at}`) ? log.readNode(level, at) : undefined,
    );
    expect(seen).toEqual(hashes);
    expect(places.length).toBeLessThan(20);
  });
});
