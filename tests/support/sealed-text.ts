import type { ExpectedCard } from './expected-handoff.ts';
import type { Keyholder } from './workspace-kit.ts';

/** Decrypts a sealed file as its recipient does; rejects without a good signature by `signer` (fingerprint). */
export async function openSealed(
  holder: Keyholder,
  sealed: Uint8Array,
  signer: string,
): Promise<string> {
  const { exitStatus, status, output, messages } = await holder.gpg.decrypt(sealed);
  const isGood = status.some((line) => line.startsWith('VALIDSIG') && line.includes(signer));
  if (exitStatus !== 0 || !isGood) throw new Error(`not opened: ${messages}`);
  return new TextDecoder('utf-8', { fatal: true }).decode(output);
}

/** The nonce of a file in one of our own layouts in lines: the last cell of its header. */
export function nonceIn(clear: string): string {
  const nonce = /^[^\r\n]*,([^,\r\n]*)\r\n/.exec(clear)?.[1] ?? '';
  if (!/^[b-df-hj-np-tv]{24}$/.test(nonce)) throw new Error('no nonce in the header');
  return nonce;
}

const brandNames: Readonly<Record<string, string>> = {
  ...{ visa: 'Visa', mastercard: 'Mastercard', jcb: 'JCB', unionpay: 'UnionPay' },
  ...{ 'diners-club': 'Diners Club', 'american-express': 'American Express' },
};

/** The record of a card in the profile `header-detail-trailer`, as cells, without its record reference. */
export function detailCells(card: ExpectedCard): string[] {
  const { digits, brand, issuer, expiry, firstSeen, lastSeen } = card;
  // Year × 100 + month, such as 203006; nothing where no row had one.
  const [year, month] =
    expiry === 0 ? ['', ''] : [String(expiry).slice(2, 4), String(expiry).slice(4)];
  return [
    ...['D', digits, month, year, brandNames[brand]!, issuer],
    ...[dayInJapan(firstSeen), dayInJapan(lastSeen)],
  ];
}

function dayInJapan(ms: number): string {
  if (Number.isNaN(ms)) return '';
  return new Date(ms + 9 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
}
