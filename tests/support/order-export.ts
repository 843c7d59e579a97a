import { encodeCp932 } from './cp932.ts';
import { between, cardDigits, seededRandom } from './seeded-cards.ts';
import { orderDates, outsideDate } from './order-dates.ts';
import { dressedNumber, failingNumber, wrongNumbers } from './order-numbers.ts';

/** What the maker of a row meant it to become; `card` may be folded into one that stands above. */
export type Intent =
  | 'card'
  | 'duplicate'
  | 'not-card'
  | 'same-order'
  | 'excluded-channel'
  | 'unknown-channel'
  | 'date-missing'
  | 'date-unreadable'
  | 'outside-window'
  | keyof typeof wrongNumbers;

export interface OrderExport {
  /** CP932, CRLF, quoted where needed. */
  readonly bytes: Uint8Array;
  /** How many records of each kind were written; the oracle counts for itself and must come to the same. */
  readonly intents: Readonly<Record<string, number>>;
  /** Digits of the cards that the export hands over, in the order of their first row. */
  readonly cards: readonly string[];
  /** Digits of cards that were used on the phone and the like only: no order record hands them over. */
  readonly listedOnly: readonly string[];
}

/** Records of each kind in 5,000. Damaged ones stay below the share that refuses a source. */
const mixture: readonly (readonly [Intent, number])[] = [
  ['card', 2_700],
  ['duplicate', 480],
  ['not-card', 300],
  ['same-order', 260],
  ['excluded-channel', 420],
  ['unknown-channel', 40],
  ['date-missing', 30],
  ['date-unreadable', 30],
  ['outside-window', 480],
  ['masked-number', 20],
  ['spreadsheet-damage', 8],
  ['characters', 60],
  ['length', 60],
  ['luhn', 80],
  ['unknown-brand', 12],
  ['no-recipient', 12],
  ['test-number', 8],
];

const header = [
  ...['注文番号', '注文日時', '支払方法', '販売チャネル', 'お名前', 'フリガナ', '郵便番号'],
  ...['都道府県', '住所1', 'カード番号', '有効期限', '商品名', '数量', '合計', 'SHOPメモ'],
];

/** Ranges the issuer table knows, and two that it does not: those cards have an unknown issuer. */
const issued = [
  ...['400010', '400123', '40002345', '490077', '491234', '510512', '540099', '541999', '222150'],
  ...['352812', '354007', '370011', '378799', '379001', '360155', '492955', '528866'],
];

interface Order {
  readonly reference: string;
  readonly digits: string;
  readonly written: string;
  readonly expiry: string;
}

/** The export of a shop, `records` long, the same for the same seed. */
export function makeOrderExport(seed: number, records = 5_000): OrderExport {
  const maker = new ExportMaker(seededRandom(seed));
  const rows = shuffled(maker.rng, plannedIntents(records)).map((intent) => maker.row(intent));
  const lines = [header, ...rows].map((row) => row.map(quotedWhereNeeded).join(','));
  // Spreadsheets leave rows of nothing but delimiters below a table.
  lines.push(','.repeat(header.length - 1), '');
  const intents: Record<string, number> = {};
  for (const intent of maker.made) intents[intent] = (intents[intent] ?? 0) + 1;
  return {
    bytes: encodeCp932(lines.join('\r\n')),
    intents,
    cards: maker.cards.map(({ digits }) => digits),
    listedOnly: maker.listedOnly,
  };
}

function plannedIntents(records: number): Intent[] {
  const planned = mixture.flatMap(([intent, share]) =>
    Array.from({ length: Math.ceil((share * records) / 5_000) }, () => intent),
  );
  return planned.slice(0, records);
}

/** Makes rows one after the other and remembers what later rows refer to. */
class ExportMaker {
  readonly rng: () => number;
  readonly cards: Order[] = [];
  readonly listedOnly: string[] = [];
  readonly made: Intent[] = [];
  #number = 31_000;

  constructor(rng: () => number) {
    this.rng = rng;
  }

  row(wanted: Intent): string[] {
    const isFollowUp = wanted === 'duplicate' || wanted === 'same-order';
    const intent = isFollowUp && this.cards.length === 0 ? 'card' : wanted;
    this.made.push(intent);
    const order = this.#orderFor(intent);
    const payment = intent === 'not-card' ? this.#pick(otherPayments) : this.#pick(cardPayments);
    const { channel, orderedAt } = this.#exposureFor(intent);
    return [
      ...[order.reference, orderedAt, payment, channel, this.#pick(names), this.#pick(readings)],
      ...[this.#pick(postcodes), this.#pick(prefectures), this.#pick(addresses)],
      ...[order.written, order.expiry, this.#pick(goods), String(between(this.rng, 1, 3))],
      ...[String(between(this.rng, 9, 990) * 100), this.#pick(memos)],
    ];
  }

  #orderFor(intent: Intent): Order {
    const { rng, cards } = this;
    if (intent === 'same-order') {
      const first = cards[between(rng, 0, cards.length - 1)]!;
      return { ...first, written: this.#pick([first.written, '']) };
    }
    const reference = this.#reference();
    const expiry = this.#expiry();
    if (intent === 'duplicate') {
      const known = cards[between(rng, 0, cards.length - 1)]!;
      return { ...known, reference, expiry, written: dressedNumber(rng, known.digits) };
    }
    if (isWrong(intent))
      return { reference, expiry, digits: '', written: wrongNumbers[intent](rng) };
    const digits = this.#newCard();
    const order = { reference, expiry, digits, written: dressedNumber(rng, digits) };
    if (intent === 'card') cards.push(order);
    return order;
  }

  #exposureFor(intent: Intent): { channel: string; orderedAt: string } {
    const { rng } = this;
    const isApp = between(rng, 0, 4) === 0;
    const orderedAt = isApp ? orderDates.app(rng) : orderDates.web(rng);
    const channel = isApp ? this.#pick(['アプリ', 'ｱﾌﾟﾘ']) : this.#pick(['本店', ' 本店', 'WEB']);
    if (intent === 'excluded-channel') return { channel: this.#pick(marketplaces), orderedAt };
    if (intent === 'unknown-channel') return { channel: this.#pick(['催事', '', '卸']), orderedAt };
    if (intent === 'date-missing') return { channel, orderedAt: this.#pick(['', '　', ' ']) };
    if (intent === 'date-unreadable') return { channel, orderedAt: this.#pick(notDates) };
    if (intent !== 'outside-window') return { channel, orderedAt };
    if (between(rng, 0, 1) === 0) return outsideDate(rng);
    // Sales staff took these; the window for them takes only cards that the investigator listed.
    this.listedOnly.push(this.#latestDigits);
    return { channel: this.#pick(['電話', '定期便', 'FAX', 'mail']), orderedAt };
  }

  #latestDigits = '';

  #newCard(): string {
    const { rng } = this;
    const prefix = this.#pick(issued);
    const length = prefix.startsWith('37') ? 15 : prefix.startsWith('36') ? 14 : 16;
    // UnionPay has issued numbers without a check digit: counted, and sent all the same.
    const isUnchecked = between(rng, 0, 24) === 0;
    this.#latestDigits = isUnchecked
      ? failingNumber(rng, '622110')
      : cardDigits(rng, { prefix, length }).join('');
    return this.#latestDigits;
  }

  /** Now and then somebody typed the card number where the order number belongs: it must never be kept. */
  #reference(): string {
    this.#number += between(this.rng, 1, 3);
    if (between(this.rng, 0, 400) > 0) return `KC-${this.#number}`;
    const digits = cardDigits(this.rng, { prefix: '490055' }).join('');
    return this.#pick([digits, digits.replace(/(.{4})(?=.)/g, '$1-')]);
  }

  #expiry(): string {
    const kind = between(this.rng, 0, 60);
    if (kind === 0) return '';
    if (kind === 1) return this.#pick(['不明', '13/27', '00/29']);
    const year = kind < 12 ? between(this.rng, 20, 24) : between(this.rng, 28, 34);
    return `${String(between(this.rng, 1, 12)).padStart(2, '0')}/${year}`;
  }

  #pick<T>(values: readonly T[]): T {
    return values[between(this.rng, 0, values.length - 1)]!;
  }
}

const cardPayments = ['クレジットカード', 'クレジットカード決済', 'ｸﾚｼﾞｯﾄ', 'クレジット(分割)'];
const otherPayments = ['代金引換', '銀行振込', 'コンビニ決済', '', 'PayPay'];
const marketplaces = [
  '楽天市場店',
  'Yahoo!ショッピング',
  'Ａｍａｚｏｎ店',
  'amazon',
  '楽天市場店 ',
];
const notDates = ['2020-02-30', '20/02/03', '2020/13/05', '確認中', '2020/02/03 25:00', '5/2/2020'];
// 髙 and ① stand in CP932 alone; 表, ソ, 能 and 十 have a second byte of 0x5C.
const names = ['髙橋 一郎', '表 能子', '山﨑 ソニア', '十文字 薫', '渡邉 花子'];
const readings = ['タカハシ イチロウ', 'ｵﾓﾃ ﾉﾘｺ', 'ヤマザキ ソニア'];
const postcodes = ['100-0001', '0600001', '９００−０００１'.replace('−', '－')];
const prefectures = ['東京都', '北海道', '沖縄県'];
const addresses = ['表町①丁目2-3', '能登町ソ12番地, 髙木ビル', '本町1-1\n㈱十条 気付'];
const goods = ['珈琲豆 ①深煎り', 'ドリップ"極"', '定期便セット', '表参道ブレンド,200g'];
const memos = ['', '', '', '領収書希望\r\n宛名は㈱で', '電話ください', '="0312345678"'];

function isWrong(intent: Intent): intent is keyof typeof wrongNumbers {
  return intent in wrongNumbers;
}

function quotedWhereNeeded(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function shuffled<T>(rng: () => number, values: readonly T[]): T[] {
  const result = [...values];
  for (let at = result.length - 1; at > 0; at--) {
    const other = between(rng, 0, at);
    [result[at], result[other]] = [result[other]!, result[at]!];
  }
  return result;
}
