import { describe, expect, it } from 'vitest';
import { scrub } from '../../../src/domain/cards/scrubber.ts';
import { asciiOf, brandSample, cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const visa = '4111111111111111';
const generated = (prefix: string, length: number) =>
  asciiOf(cardDigits(seededRandom(12), { prefix, length })).toString();
const gone = '[card number removed]';

describe('scrub()', () => {
  it.each([
    ['alone', visa, gone],
    ['in a sentence', `card ${visa}.`, `card ${gone}.`],
    ['in groups', 'a 4111 1111 1111 1111 b', `a ${gone} b`],
    ['with hyphens', 'pan=3782-822463-10005;', `pan=${gone};`],
    ['in quotes', `{"pan":"${visa}"}`, `{"pan":"${gone}"}`],
    ['behind a path', `/orders/${visa}/x`, `/orders/${gone}/x`],
    ['behind an underscore', `pan_${visa}`, `pan_${gone}`],
    ['between Japanese letters', `カード${visa}です`, `カード${gone}です`],
    ['in full width', '番号４１１１－１１１１－１１１１－１１１１。', `番号${gone}。`],
    ['with no-break spaces', '4111\u00a01111\u00a01111\u00a01111', gone],
    ['behind another number', `17 ${visa}`, `17 ${gone}`],
    ['in front of another number', `${visa} 17`, `${gone} 17`],
    ['behind a word that ends in digits', `ab12 ${visa}`, `ab12 ${gone}`],
    ['in front of a word that begins with digits', `${visa} 12ab`, `${gone} 12ab`],
    ['beside a UUID', `1b4e28ba-2fa1-11d2-883f-123456789012 ${visa}`, undefined],
    ['with 13 digits', 'x 4222222222222 x', `x ${gone} x`],
    ['with 19 digits', 'x 6205500000000000004 x', `x ${gone} x`],
  ])('removes a card number %s', (_, text, expected) => {
    const scrubbed = scrub(text);

    expect(scrubbed.hits).toBe(1);
    expect(scrubbed.text).toContain(gone);
    expect(scrubbed.text).not.toContain(visa);
    if (expected !== undefined) expect(scrubbed.text).toBe(expected);
  });

  it('counts each of several', () => {
    expect(scrub(`${visa},${visa}\n5555555555554444 ${visa}`)).toEqual({
      text: `${gone},${gone}\n${gone} ${gone}`,
      hits: 4,
    });
  });

  it('removes each of very many', () => {
    expect(scrub(`${visa} `.repeat(150_000)).hits).toBe(150_000);
  });

  it('removes numbers of every brand', () => {
    const rng = seededRandom(10);
    for (const id of ['visa', 'mastercard', 'american-express', 'jcb', 'diners-club', 'unionpay']) {
      const text = `x ${asciiOf(brandSample(rng, id)).toString()} y`;
      expect(scrub(text)).toEqual({ text: `x ${gone} y`, hits: 1 });
    }
  });

  it.each([
    ['nothing', ''],
    ['a truncated number', 'card 411111******1111'],
    ['a wrong check digit', 'x 4111111111111112 x'],
    ['an unknown brand', `x ${generated('1', 16)} x`],
    ['a length the brand does not have', `x ${generated('4', 15)} x`],
    ['20 digits', '41111111111111111111'],
    ['a letter in front', `x${visa}`],
    ['a letter behind', `${visa}x`],
    ['two spaces inside', '4111 1111  1111 1111'],
    ['a line end inside', '41111111\n11111111'],
    ['a time in milliseconds', '"time":1763770000000'],
    ['a point in time', '2026-11-22T01:11:30.123456789+09:00'],
    ['a record reference', 'ref 0000004111'],
    ['a UUID', 'id 42424242-4242-4242-9242-42424242424f'],
    ['a BIN', 'range 411111 41111111'],
  ])('leaves alone: %s', (_, text) => {
    expect(scrub(text)).toEqual({ text, hits: 0 });
  });

  it('is not slow on a long line of digits', () => {
    const rng = seededRandom(11);
    const line = Array.from({ length: 2000 }, () =>
      asciiOf(cardDigits(rng, { valid: false })).toString(),
    );
    const started = performance.now();
    scrub(`${line.join('')}x`);
    scrub(line.join(' '));
    scrub('1 '.repeat(20_000));

    expect(performance.now() - started).toBeLessThan(2000);
  });
});
