import type { MadeNumbers } from './made-numbers.ts';
import { beforeWindow, dateText, edges, insideWindow } from './exposure-times.ts';
import { exponent, masked, mistyped, plain, spelled } from './number-spelling.ts';
import { plannedOrders } from './order-kinds.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Further rows of an order are made with its first. */
type MadeFate = Exclude<keyof typeof plannedOrders, 'same-order'>;

/** One row of the export. `atMs` decides its place; `items` are further rows of the same order. */
export interface OrderRow {
  readonly atMs: number;
  readonly date: string;
  readonly channel: string;
  readonly payment: string;
  /** Bytes of the card number's cell. */
  readonly cell: readonly number[];
  readonly digits: Uint8Array;
  items: number;
}

export const CARD_PAYMENT = 'クレジットカード';
const WEB = '本店サイト';
const otherPayments = ['代金引換', '銀行振込', 'コンビニ決済'];
const listedChannels = ['定期便', '電話', 'はがき', 'FAX'];
const markets = ['楽天市場店', 'Yahoo!店', 'Amazon店'];
const FAIR = '催事';
const wrongLengths = [12, 15, 17, 20];
const unreadableDates = ['2020/02/30 11:20', '2020年春頃', '20/3/5', '未定'];
/** Every so many rows a date as a spreadsheet writes it. */
const SHORT_DATE_EVERY = 6;

/** Makes all rows of the export, in the order of their time. */
export class OrderRows {
  readonly #random: SeededRandom;
  readonly #numbers: MadeNumbers;
  /** Cards of web orders that become cards of their own. */
  readonly web: Uint8Array[] = [];
  /** Cards of subscribers and of phone and mail customers: outside every window for an order alone. */
  readonly unlisted: Uint8Array[] = [];

  constructor(random: SeededRandom, numbers: MadeNumbers) {
    this.#random = random;
    this.#numbers = numbers;
  }

  all(): OrderRow[] {
    const rows: OrderRow[] = [];
    for (const [fate, make] of Object.entries(this.#makers)) {
      const count = plannedOrders[fate as MadeFate];
      for (let number = 0; number < count; number += 1) rows.push(make(number));
    }
    this.#addItems(rows);
    return rows.sort((a, b) => a.atMs - b.atMs);
  }

  /** Rows of an order after its first, below orders that become cards. */
  #addItems(rows: readonly OrderRow[]): void {
    const orders = rows.slice(0, plannedOrders.card);
    for (let added = 0; added < plannedOrders['same-order']; added += 1) {
      this.#random.pick(orders).items += 1;
    }
  }

  /** How a row of each fate is made; `number` counts those of one fate. */
  readonly #makers: Readonly<Record<MadeFate, (number: number) => OrderRow>> = {
    card: (number) => this.#fresh(number),
    duplicate: () => this.#web(this.#random.pick(this.web)),
    'not-card': () => {
      const row = this.#web(new Uint8Array(0));
      return { ...row, payment: this.#random.pick(otherPayments), cell: [] };
    },
    'excluded-channel': () => ({ ...this.#good(), channel: this.#random.pick(markets) }),
    'unknown-channel': () => ({ ...this.#good(), channel: FAIR }),
    'date-missing': () => ({ ...this.#good(), date: '' }),
    'date-unreadable': (number) => ({ ...this.#good(), date: every(unreadableDates, number) }),
    'outside-window': (number) => this.#outside(number),
    'masked-number': () => this.#web(this.#numbers.card(), masked),
    'spreadsheet-damage': (number) =>
      number % 2 === 0
        ? this.#web(this.#numbers.card('visa'), exponent)
        : this.#web(this.#numbers.rounded(), plain),
    characters: (number) =>
      number % 2 === 0
        ? this.#web(this.#numbers.card('visa'), mistyped)
        : this.#web(this.#numbers.card(), () => []),
    length: (number) => this.#web(this.#numbers.ofLength('4', every(wrongLengths, number))),
    luhn: () => this.#web(this.#numbers.wrongCheckDigit()),
    'unknown-brand': () => this.#web(this.#numbers.card('unknown')),
  };

  #good(): OrderRow {
    return this.#web(this.#numbers.card());
  }

  /** The first two stand on the first and the last second of the window. */
  #fresh(number: number): OrderRow {
    const digits = this.#numbers.card();
    this.web.push(digits);
    const atMs = [edges.first, edges.last][number];
    return this.#web(digits, undefined, atMs);
  }

  /** Web orders before the window, and orders by channels of which only listed cards count. */
  #outside(number: number): OrderRow {
    const digits = this.#numbers.card();
    if (number < plannedOrders['outside-window'] / 2) {
      return this.#web(digits, undefined, number === 0 ? edges.before : beforeWindow(this.#random));
    }
    this.unlisted.push(digits);
    return { ...this.#web(digits), channel: this.#random.pick(listedChannels) };
  }

  #web(
    digits: Uint8Array,
    spell: (digits: Uint8Array, random: SeededRandom) => number[] = spelled,
    atMs: number = insideWindow(this.#random),
  ): OrderRow {
    const isShort = this.#random.between(1, SHORT_DATE_EVERY) === 1;
    return {
      atMs,
      date: dateText(atMs, isShort),
      channel: WEB,
      payment: CARD_PAYMENT,
      cell: spell(digits, this.#random),
      digits,
      items: 0,
    };
  }
}

/** Goes round a list. */
function every<T>(list: readonly T[], number: number): T {
  return list[number % list.length]!;
}
