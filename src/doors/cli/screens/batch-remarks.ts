import { finalName } from '../../../exchange/delivery/final-name.ts';
import type { BatchRow } from '../../../exchange/handoff/handoff-register.ts';
import { isPartlyFetched, isReadByWord } from '../../../exchange/handoff/read-by-word.ts';
import { clockIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { faultPhrase } from '../fault-screen.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { handoffWords as en } from '../words/en/handoff.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { handoffWords as ja } from '../words/ja/handoff.ts';
import { commandLines } from '../command-lines.ts';
import { isPersonsWord } from './batch-marks.ts';
import { subjectWords } from './subject-words.ts';

const words = { en: { ...commonEn, ...en }, ja: { ...commonJa, ...ja } };

/** A few words beside the marks of a batch: where it stands, since when, on what evidence. */
export function batchRemark(
  batch: BatchRow,
  isRequestSigned: boolean,
  view: View,
  zone: string,
): string {
  const say = words[view.language];
  const at = clockIn(batch.changedAt, zone);
  switch (batch.state) {
    case 'built':
    case 'claimed':
      return isRequestSigned ? say.awaits : say.awaitsRequest;
    case 'approved':
      return say.ready;
    case 'stored':
      return `${at} · ${storedEvidence(batch, view)}`;
    case 'written':
      return `${at} · ${say.leftTo(showForeign(finalName(batch)))}`;
    case 'offered':
      return `${at} · ${say.inBox(showForeign(finalName(batch)))}`;
    case 'partly-read':
      return `${at} · ${say.partlyRead(sentPercent(batch))}`;
    case 'read':
      return `${at} · ${readEvidence(batch, view)}`;
    case 'taken':
      return `${at} · ${say.takenAway}`;
    case 'sent-elsewhere':
      return say.sentElsewhere;
    case 'expired':
      if (isEndOfOffer(batch)) return say.offerEnded;
      return isEndOfSigner(batch) ? say.expiredSigner : say.expired;
    case 'sending':
    case 'publishing':
    case 'presumed':
    case 'conflict':
    case 'failed':
      return say[batch.state];
    case 'cancelled':
      if (batch.withdrawn === undefined) return say.cancelled;
      return isPartlyFetched(batch)
        ? `${say.partlyRead(sentPercent(batch))} · ${say.withdrawn}`
        : `${at} · ${say.withdrawn}`;
  }
}

/** What `stored` is worth: `read back and equal`, `not verified …`, their signed answer, or a person's word. */
export function storedEvidence(
  batch: Pick<BatchRow, 'state' | 'fault' | 'evidence'>,
  view: View,
): string {
  const say = words[view.language];
  if (isPersonsWord(batch)) return say.personsWord;
  if (batch.evidence?.by === 'answer') return say.byAnswer;
  return batch.evidence?.verification === 'read-back' ? say.readBack : say.unverified;
}

/** What `read` is worth. */
function readEvidence(batch: BatchRow, view: View): string {
  const say = words[view.language];
  if (isReadByWord(batch)) return say.personsWord;
  return batch.evidence?.by === 'answer' ? say.byAnswer : say.readWhole;
}

/** What a state that is not simply good means, and the next command. Empty for the others. */
export function batchExplanation(batch: BatchRow, view: View): string[] {
  const say = words[view.language];
  const handed = { ...say, ...subjectWords(view, batch.subject) };
  const { id, recipient, handoff, cards } = batch;
  const file = showForeign(finalName(batch));
  const head = `${id}  `;
  const told = (text: string, ...commands: string[]): string[] => [
    ...hang(head, text),
    ...commands.flatMap((command) => commandLines(' '.repeat(head.length), command)),
  ];
  switch (batch.state) {
    case 'presumed':
      return told(say.presumedText(recipient, file), say.resolve(id));
    case 'conflict':
      return told(say.conflictText(recipient, file), say.resolveConflict(id));
    case 'failed':
      if (isPersonsWord(batch)) return told(say.failedByWord, say.retry(id), say.deliver(handoff));
      return told(say.failedText(reasonOf(batch, view)), say.retry(id), say.deliver(handoff));
    case 'expired':
      if (isEndOfSigner(batch)) return told(say.expiredSignerText(handed.cards(cards)));
      if (isEndOfOffer(batch))
        return told(say.offerEndedText(recipient, handed.cards(cards)), say.retry(id));
      return told(
        say.expiredText(recipient, handed.cards(cards)),
        say.updateCertificate(recipient),
      );
    case 'publishing':
      return told(say.publishingText(recipient), say.deliver(handoff));
    case 'sending':
      return told(say.sendingText, say.deliver(handoff));
    case 'built':
    case 'claimed':
    case 'sent-elsewhere':
    case 'approved':
    case 'stored':
    case 'written':
    case 'offered':
    case 'read':
    case 'taken':
      return [];
    case 'cancelled':
      return batch.withdrawn === undefined ? [] : told(withdrawnText(batch.withdrawn, view));
    case 'partly-read':
      return told(say.partlyReadText(recipient, file), say.resolveFetched(id));
  }
}

/** Whose decision it was, and why as far as that was not purged. */
export function withdrawnText(
  { officer, reason }: NonNullable<BatchRow['withdrawn']>,
  view: View,
): string {
  return words[view.language].withdrawnBy(officer, reason && showForeign(reason));
}

/** How much of it was sent, rounded down: 100 is said of nothing that is not whole. */
export function sentPercent({ evidence, bytes }: Pick<BatchRow, 'evidence' | 'bytes'>): number {
  return Math.floor((100 * (evidence?.sentBytes ?? 0)) / bytes);
}

/** A certificate of the recipient that is still good is not to be pinned anew. */
function isEndOfSigner({ fault }: BatchRow): boolean {
  return fault?.code === 'signing-key-no-longer-good';
}

/** Nobody came for it in time, or went on with it. */
function isEndOfOffer({ fault }: BatchRow): boolean {
  return fault?.code === 'offer-ended';
}

function reasonOf(batch: BatchRow, view: View): string {
  const { fault, recipient } = batch;
  const file = finalName(batch);
  return faultPhrase(fault?.code ?? 'delivery-broke', { host: recipient, file }, view);
}
