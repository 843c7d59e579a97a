import { describe, expect, it } from 'vitest';

import { ResponsesFault } from '../../../src/domain/responses/errors.ts';
import { parseResolvedAnswer } from '../../../src/domain/responses/resolved-answer.ts';
import { encodeCp932 } from '../../support/cp932.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const head = 'H,mimamori-resolved-answer,1,h-1,b-1';
const visa = 'D,0000000001,resolved,VISA,みどりの銀行,0042,';
const lost = 'D,0000000002,not-found,,,,cancelled';
const text = (...lines: string[]): string => `${lines.join('\r\n')}\r\n`;
const whole = text(head, visa, lost, 'T,2');
const bytesOf = (from: string): Uint8Array => new TextEncoder().encode(from);
const card = cardDigits(seededRandom(7), { prefix: '490010' }).join('');

function refusal(bytes: Uint8Array): unknown {
  try {
    parseResolvedAnswer(bytes);
  } catch (error) {
    if (error instanceof ResponsesFault) return { code: error.code, ...error.facts };
    throw error;
  }
  return 'taken';
}

describe('parseResolvedAnswer()', () => {
  const rows = [
    { record: 1, card: { brand: 'visa', issuer: 'みどりの銀行', lastFour: '0042' }, reason: '' },
    { record: 2, reason: 'cancelled' },
  ];

  it.each([
    ['UTF-8', bytesOf(whole)],
    ['UTF-8 with its mark', bytesOf(`\ufeff${whole}`)],
    ['Shift_JIS', encodeCp932(whole)],
    ['lines ended by LF, some of them empty', bytesOf(whole.replaceAll('\r\n', '\n\n'))],
    ['no end of the last line', bytesOf(whole.trimEnd())],
    ['full-width digits', bytesOf(whole.replace('0042', '００４２'))],
  ])('reads %s', (_what, bytes) => {
    expect(parseResolvedAnswer(bytes)).toEqual({ handoff: 'h-1', batch: 'b-1', nonce: '', rows });
  });

  it('reads an answer without rows, and quoted cells', () => {
    expect(parseResolvedAnswer(bytesOf(text(head, 'T,0'))).rows).toEqual([]);
    const quoted = text(head, 'D,0000000001,resolved,jcb,"Stone, Kestrel",0042,', 'T,1');
    expect(parseResolvedAnswer(bytesOf(quoted)).rows[0]?.card?.issuer).toBe('Stone, Kestrel');
  });

  it.each([
    ['nothing', ''],
    ['another format', whole.replace('resolved-answer', 'other')],
    ['another version', whole.replace(',1,h-1', ',2,h-1')],
    ['no trailer', text(head, visa)],
    ['a handoff that is no id', whole.replace('h-1', '../h')],
    ['a reference of nine digits', whole.replace('0000000001', '000000001')],
    ['another status', whole.replace('resolved,V', 'found,V')],
    ['an unknown brand', whole.replace('VISA', 'Vizza')],
    ['no brand', whole.replace('VISA', '')],
    ['three digits', whole.replace('0042', '042')],
    ['a card and a reason', whole.replace('0042,', '0042,why')],
    ['no card and no reason', whole.replace('cancelled', '')],
    ['digits of a card that was not found', whole.replace(',,,,cancelled', ',,,0042,cancelled')],
    ['a cell too many', whole.replace('0042,', '0042,,')],
    ['an issuer that is too long', whole.replace('みどりの銀行', 'x'.repeat(101))],
    ['a control character', whole.replace('みどり', 'み\u0007どり')],
    ['a quote that never closes', whole.replace('みどり', '"みどり')],
  ])('refuses %s', (_what, given) => {
    expect(refusal(bytesOf(given))).toMatchObject({ code: 'response-malformed' });
  });

  it('names line and column', () => {
    const wrong = refusal(bytesOf(whole.replace('0042', '042')));
    expect(wrong).toEqual({ code: 'response-malformed', line: 2, column: 6 });
  });

  it('refuses a trailer that counts otherwise', () => {
    expect(refusal(bytesOf(whole.replace('T,2', 'T,3')))).toEqual({
      ...{ code: 'response-count-differs', announced: 3, found: 2 },
    });
  });

  it.each([
    ['in the last four digits', whole.replace('0042', card)],
    ['in groups, in a reason', whole.replace('cancelled', `was ${card.replace(/(.{4})/g, '$1 ')}`)],
    [
      'in full-width digits, as issuer',
      whole.replace(
        'みどりの銀行',
        card.replaceAll(/[0-9]/g, (digit) => '０１２３４５６７８９'[Number(digit)]!),
      ),
    ],
    ['behind the trailer', `${whole}${card}\r\n`],
  ])('raises the alarm for a card number %s', (_what, given) => {
    expect(refusal(bytesOf(given))).toMatchObject({ code: 'response-holds-card' });
  });

  /** A card number in digits that NFKC makes ASCII, or that a person reads as such. */
  const written = (signs: string): string =>
    card.replaceAll(/[0-9]/g, (digit) => Array.from(signs)[Number(digit)]!);

  it.each([
    ['superscript', '⁰¹²³⁴⁵⁶⁷⁸⁹'],
    ['circled', '⓪①②③④⑤⑥⑦⑧⑨'],
    ['parenthesised', '⓪⑴⑵⑶⑷⑸⑹⑺⑻⑼'],
    ['mathematical', '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗'],
    ['Arabic-Indic', '٠١٢٣٤٥٦٧٨٩'],
    ['dingbat', '⓿❶❷❸❹❺❻❼❽❾'],
  ])('refuses a card number in %s digits, and one such digit', (_what, signs) => {
    const issuer = refusal(bytesOf(whole.replace('みどりの銀行', written(signs))));
    expect(issuer).toEqual({ code: 'response-digits', line: 2, column: 5 });
    const reason = refusal(bytesOf(whole.replace('cancelled', Array.from(signs)[1]!)));
    expect(reason).toEqual({ code: 'response-digits', line: 3, column: 7 });
  });

  it.each([
    ['a BIN of eight digits as issuer', whole.replace('みどりの銀行', '49001012'), 2, 5],
    ['five digits in an issuer', whole.replace('みどりの', '12３４５'), 2, 5],
    ['six digits in a reason', whole.replace('cancelled', 'order 12-34-56'), 3, 7],
    [
      'a card number in two cells',
      whole.replace('銀行,0042', `,${card.slice(11)}`).replace('みどりの', card.slice(0, 11)),
      ...([2, 5] as const),
    ],
    ['digits in cells that stay empty', whole.replace(',,,,c', ',1234,123,123,c'), 3, 6],
  ])('refuses %s', (_what, given, line, column) => {
    expect(refusal(bytesOf(given))).toEqual({ code: 'response-digits', line, column });
  });

  it('takes four digits in an issuer, five in a reason, and Roman numerals', () => {
    const issuer = whole
      .replace('みどりの銀行', '第８２ 18 銀行Ⅲ')
      .replace('cancelled', 'form 12-345');
    expect(parseResolvedAnswer(bytesOf(issuer)).rows).toMatchObject([
      { card: { issuer: '第82 18 銀行III' } },
      { reason: 'form 12-345' },
    ]);
  });

  it('refuses a line that is too long, and an answer that is too large', () => {
    const long = whole.replace('cancelled', 'x'.repeat(1_100));
    expect(refusal(bytesOf(long))).toMatchObject({ code: 'response-too-large', line: 3 });
    const large = refusal(new Uint8Array(32 * 1024 * 1024 + 1));
    expect(large).toMatchObject({ code: 'response-too-large' });
  });
});
