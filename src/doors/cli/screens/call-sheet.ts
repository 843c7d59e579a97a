import type { Recipient } from '../../../domain/recipients/recipient.ts';
import type { BatchRow, HandoffRow } from '../../../exchange/handoff-register.ts';
import type { CallSheet } from '../../../exchange/write-batch.ts';
import { fingerprintGroups } from '../figures.ts';

/** The sheets that lie beside a sealed file in a folder: how to hand it over and what to read out by phone. */
export function callSheetsFor(
  handoff: HandoffRow,
  batch: BatchRow,
  recipient: Recipient,
): readonly CallSheet[] {
  const facts = { handoff, batch, recipient, mode: handoff.mode === 'drill' ? 'TEST (drill)' : 'LIVE' };
  return [
    { language: 'en', text: `${english(facts).join('\n')}\n` },
    { language: 'ja', text: `${japanese(facts).join('\n')}\n` },
  ];
}

interface SheetFacts {
  readonly handoff: HandoffRow;
  readonly batch: BatchRow;
  readonly recipient: Recipient;
  readonly mode: string;
}

function english({ handoff, batch, recipient, mode }: SheetFacts): string[] {
  return [
    `Call sheet · ${mode}`,
    '',
    `For         ${recipient.name ?? recipient.id}`,
    `File        ${batch.file}`,
    `Size        ${batch.bytes} bytes`,
    `SHA-256     ${batch.sha256}`,
    `Cards       ${batch.cards}`,
    `Handoff     ${handoff.id} · batch ${batch.id}`,
    `Sealed to   ${fingerprintGroups(recipient.fingerprint)}`,
    '',
    '1. Upload or carry the file as it is. It is encrypted; do not open, rename or repack it.',
    '2. Call the recipient on a number you already have, not one from a recent message.',
    '3. Read out the file name, the number of cards and the last eight characters of the SHA-256.',
    '4. Ask them to confirm that the file arrived and could be decrypted. Note name and time.',
  ];
}

function japanese({ handoff, batch, recipient, mode }: SheetFacts): string[] {
  return [
    `受け渡し連絡票 · ${mode}`,
    '',
    `提供先      ${recipient.name ?? recipient.id}`,
    `ファイル    ${batch.file}`,
    `サイズ      ${batch.bytes} バイト`,
    `SHA-256     ${batch.sha256}`,
    `カード数    ${batch.cards}`,
    `送付        ${handoff.id} · ${batch.id}`,
    `暗号化先    ${fingerprintGroups(recipient.fingerprint)}`,
    '',
    '1. ファイルはそのまま送ってください。暗号化されています。開いたり、名前を変えたりしないでください。',
    '2. 以前から知っている電話番号に連絡してください。最近届いたメールの番号は使わないでください。',
    '3. ファイル名、カード数、SHA-256の末尾8文字を読み上げてください。',
    '4. 到着し、復号できたことを確認してもらい、相手の名前と時刻を控えてください。',
  ];
}
