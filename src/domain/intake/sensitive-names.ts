import { foldColumnName } from './column-names.ts';

/** Sensitive authentication data that may not be kept after authorisation (PCI DSS req. 3.3.1.1 to 3.3.1.3). */
export type SensitiveKind = 'security-code' | 'track' | 'pin';

/** Matched anywhere in a folded name. */
const parts: readonly (readonly [SensitiveKind, readonly string[]])[] = [
  [
    'security-code',
    ['セキュリティコード', 'セキュリティーコード', 'セキュリテイコード', 'securitycode', 'seccode'],
  ],
  [
    'security-code',
    ['cvv', 'cvc', 'cav2', 'cvn2', 'cardverification', '裏面3桁', 'カード確認番号'],
  ],
  ['pin', ['暗証番号', 'pinblock', 'ピンコード', 'pinコード', 'pin番号']],
  [
    'track',
    ['磁気', 'magstripe', 'magneticstripe', 'trackdata', 'トラックデータ', 'track2', 'track1'],
  ],
];

/** Matched as the whole folded name. */
const wholes: readonly (readonly [SensitiveKind, readonly string[]])[] = [
  ['security-code', ['cid', 'csc', 'cvn', 'cvd', '確認番号', 'securecode', 'カード認証番号']],
  ['pin', ['pin', 'pincode', 'pinnumber', 'cardpin']],
  ['track', ['track', 'track3', 'トラック1', 'トラック2', 'トラック3', 'track1data', 'track2data']],
];

/** Names of check results: they say how a code compared, and hold none. Their content is still looked at. */
const results = ['status', 'result', 'check', 'response', 'match', '結果', '照合'];

/** What a column called `name` would hold, or undefined where the name raises no suspicion. */
export function sensitiveNameKind(name: string): SensitiveKind | undefined {
  const folded = foldColumnName(name);
  if (results.some((word) => folded.endsWith(word))) return undefined;
  const byPart = parts.find(([, words]) => words.some((word) => folded.includes(word)));
  const byWhole = wholes.find(([, words]) => words.includes(folded));
  return byPart?.[0] ?? byWhole?.[0];
}
