import type { Purpose } from './purposes.ts';
import type { ReferenceKind } from './source-kinds.ts';

/**
 * A column name as it is compared: NFKC, without spaces, case and the signs people put between words. What is shown
 * stays as it was.
 */
export function foldColumnName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-.:/・()（）[\]【】"'#]+/gu, '');
}

/** Well-known names, the surest first; compared as `foldColumnName` leaves them. */
const wellKnown: Readonly<Record<Purpose, readonly string[]>> = {
  pan: [
    ...['カード番号', 'クレジットカード番号', 'クレジット番号', 'カードナンバー'],
    ...['card number', 'card no', 'cardno', 'card num', 'credit card number', 'credit card no'],
    ...['cc number', 'ccnumber', 'cc no', 'pan', 'primary account number', 'account number'],
    ...['card.number', 'card'],
  ],
  expiry: [
    ...[
      '有効期限',
      'カード有効期限',
      'クレジットカード有効期限',
      '有効期限(月年)',
      '有効期限(年月)',
    ],
    ...['expiry', 'expiration', 'expiry date', 'expiration date', 'exp date', 'exp', 'card exp'],
    ...['card expiry', 'card expiration', 'card exp date', 'valid thru', 'cc exp'],
  ],
  expiry_month: [
    ...['有効期限月', '有効期限(月)', 'カード有効期限月', 'カード有効期限(月)'],
    ...['expiry month', 'exp month', 'expiration month', 'card exp month', 'cc exp month'],
  ],
  expiry_year: [
    ...['有効期限年', '有効期限(年)', 'カード有効期限年', 'カード有効期限(年)'],
    ...['expiry year', 'exp year', 'expiration year', 'card exp year', 'cc exp year'],
  ],
  ordered_at: [
    ...[
      '注文日時',
      '受注日時',
      '注文日',
      '受注日',
      'オーダー日時',
      'オーダー日',
      'ご注文日',
      'ご注文日時',
    ],
    ...['ordered at', 'order date', 'order datetime', 'order time', 'ordertime', 'purchase date'],
    ...[
      'created at',
      'created date',
      'transaction date',
      '処理日時',
      '取引日時',
      '利用日',
      '購入日時',
    ],
  ],
  channel: [
    ...['チャネル', '販売チャネル', '受注チャネル', 'channel', 'sales channel', '店舗', '店舗名'],
    ...['購入元', '受注元', '購入経路', '注文経路', 'モール', 'source', 'purchase point'],
  ],
  reference: [
    ...[
      '注文番号',
      '受注番号',
      '受注コード',
      'オーダー番号',
      '注文コード',
      'オーダーid',
      '注文id',
      '受注id',
    ],
    ...['売上id', 'order number', 'order no', 'order id', 'orderid', 'order', 'order-id'],
    ...['reference', 'order reference'],
  ],
  payment_method: [
    ...[
      '支払方法(名称)',
      '支払方法',
      '支払い方法',
      'お支払方法',
      'お支払い方法',
      '決済方法',
      '支払方法名',
    ],
    ...['payment method', 'payment method (name)', 'payment type', 'pay method name'],
  ],
  brand: [
    ...['カードブランド', 'カード会社', 'カード種別', 'ブランド', '国際ブランド'],
    ...['card brand', 'brand', 'card type', 'cc type'],
  ],
  merchant: [
    ...['加盟店番号', '加盟店コード', '加盟店id', '加盟店', 'ショップid', 'ショップコード'],
    ...['merchant number', 'merchant no', 'merchant id', 'merchant code', 'merchant', 'mid'],
    ...['shop id', 'shop code'],
  ],
  last_four: [
    ...['下4桁', 'カード番号下4桁', 'カード下4桁', 'クレジットカード番号下4桁'],
    ...['last4', 'last four', 'last four digits', 'card last4', 'card last four'],
  ],
};

/** Instead of order numbers, in sources whose references name something else. */
const otherReferences: Readonly<Record<Exclude<ReferenceKind, 'order'>, readonly string[]>> = {
  transaction: [
    ...['取引id', '取引番号', '決済id', '決済番号', 'トランザクションid', '取引コード'],
    ...['transaction id', 'transaction', 'transaction no', 'transaction number', 'payment id'],
    ...['charge id', 'access id', 'tran id'],
  ],
  member: [
    ...['会員id', '会員番号', '会員コード', '顧客id', '顧客番号', '顧客コード'],
    ...['member id', 'member no', 'member number', 'customer id', 'customer no'],
  ],
};

const foldedNames = new Map(
  Object.entries(wellKnown).map(([purpose, names]) => [purpose, names.map(foldColumnName)]),
);

/**
 * Columns (from 0) that the best well-known name for the purpose stands over; several where that name repeats, none
 * where no name is known. `headers` are folded names.
 *
 * A Shopify export calls the order number `Name`, which elsewhere is a person: it counts only beside a column that
 * Shopify alone has.
 */
export function findWellKnown(
  purpose: Purpose,
  headers: readonly string[],
  referenceKind: ReferenceKind = 'order',
): number[] {
  const isOther = purpose === 'reference' && referenceKind !== 'order';
  const names = isOther
    ? otherReferences[referenceKind].map(foldColumnName)
    : (foldedNames.get(purpose) ?? []);
  for (const name of names) {
    const found = placesOf(name, headers);
    if (found.length > 0) return found;
  }
  const isShopify = purpose === 'reference' && !isOther && headers.includes('financialstatus');
  return isShopify ? placesOf('name', headers) : [];
}

/** All columns over which any well-known name for a card number stands. */
export function findNumberColumns(headers: readonly string[]): number[] {
  const names = new Set(foldedNames.get('pan'));
  return [...headers.keys()].filter((column) => names.has(headers[column]!));
}

export function placesOf(name: string, headers: readonly string[]): number[] {
  return [...headers.keys()].filter((column) => headers[column] === name);
}
