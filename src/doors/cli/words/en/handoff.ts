import { figure } from '../../figures.ts';
import { counted } from './counted.ts';

/** The evidence ladder, and what each state of a batch means. */
export const handoffWords = {
  handoff: 'Handoff',
  requestedBy: (officer: string) => `requested by ${officer}`,
  approvedBy: (officer: string, time: string) => `approved by ${officer}, ${time}`,
  declinedBy: (officer: string, time: string) => `declined by ${officer}, ${time}`,
  cardsHeading: 'cards',
  built: 'built',
  approved: 'approved',
  stored: 'stored',
  written: 'written',
  offered: 'offered',
  read: 'read',
  taken: 'taken',
  legend: "● machine evidence   ◆ a person's word   ◐ in part   ? unknown   ○ not yet   × ended",
  total: 'in all',
  readBack: 'read back and equal',
  unverified: 'not verified: the server does not let us read it back',
  personsWord: 'by what the recipient said',
  byAnswer: 'their signed answer shows that they have it',
  leftTo: (file: string) => `${file} is in its folder, with the call sheet`,
  inBox: (file: string) => `${file} waits in their box`,
  partlyRead: (percent: number) => `fetched so far: ${figure(percent)} %`,
  readWhole: 'every byte was sent to a key of theirs',
  takenAway: 'they put it away after reading all of it',
  awaits: 'waits for approval',
  awaitsRequest: "waits for the requester's signature",
  ready: 'ready to be sent',
  sending: 'begun, not published',
  publishing: 'outcome pending',
  presumed: 'presumed',
  conflict: 'name taken',
  failed: 'failed',
  expired: 'certificate no longer good',
  offerEnded: 'its offer ended',
  expiredSigner: 'our signing key no longer good',
  cancelled: 'cancelled',
  withdrawn: 'withdrawn',
  withdrawnBy: (officer: string, reason: string | undefined) =>
    `withdrawn by ${officer}${reason === undefined ? '' : `: ${reason}`}`,
  sentElsewhere: 'sent by other means, on the word of a person',
  presumedText: (recipient: string, file: string) =>
    `The connection broke while ${file} was being published, its name is gone, or the log was recovered since; it may have been taken already. It will not be sent again by itself. Ask ${recipient} (call sheet: mimamori recipient show ${recipient}) whether it arrived, then`,
  resolve: (batch: string) =>
    `mimamori handoff resolve ${batch} --outcome stored|not-stored --as ID --reason "…"`,
  conflictText: (recipient: string, file: string) =>
    `Another file called ${file} is in the directory of ${recipient}. Nothing was overwritten. Ask ${recipient} what it is, then`,
  resolveConflict: (batch: string) =>
    `mimamori handoff resolve ${batch} --outcome stored|not-stored|withdrawn --as ID --reason "…"`,
  partlyReadText: (recipient: string, file: string) =>
    `${recipient} was not sent all of ${file}, or its end was lost in a broken connection. They can fetch it again, and a signed answer of theirs settles it. Where they cannot: ask them (call sheet: mimamori recipient show ${recipient}) whether they have all of it, then`,
  resolveFetched: (batch: string) =>
    `mimamori handoff resolve ${batch} --outcome received|withdrawn --as ID --reason "…"`,
  offerEndedText: (recipient: string, cards: string) =>
    `${recipient} did not fetch it, or all of it, before its offer ended. Its ${cards} count as not handed off. Ask them, then offer it again:`,
  failedText: (why: string) =>
    `Not delivered: ${why}. Nothing was published. Once the cause is gone:`,
  failedByWord: 'The recipient says that it did not arrive. To send the same file again:',
  retry: (batch: string) => `mimamori handoff retry ${batch} --as ID`,
  expiredText: (recipient: string, cards: string) =>
    `The certificate of ${recipient} was no longer good when the batch was to leave. It will not be sent. Pin the new certificate, then prepare a new handoff for ${cards}.`,
  expiredSignerText: (cards: string) =>
    `Our key that signed it was no longer good before anything of it left. It will not be sent. Prepare a new handoff for ${cards}: the key in use signs it.`,
  updateCertificate: (recipient: string) =>
    `mimamori recipient update ${recipient} --certificate FILE --fingerprint … --confirmed-by "…"`,
  publishingText: (recipient: string) =>
    `A delivery stopped in the middle of publishing. The next one looks what became of it at ${recipient}; it publishes nothing twice.`,
  sendingText:
    'A delivery stopped before anything was published, or is under way in another command.',
  deliver: (handoff: string) => `mimamori handoff deliver ${handoff} --as ID`,
  deliverLabel: 'sends what is approved',
  review: (handoff: string) => `mimamori handoff review ${handoff}`,
  approve: (handoff: string) => `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  approveLabel: 'someone other than the requester',
  request: (handoff: string, officer: string) =>
    `mimamori handoff request ${handoff} --as ${officer} --officer-key FILE`,
  held: (handoff: string) => `mimamori handoff held ${handoff}`,
  heldLabel: (n: number) => `${counted(n, 'record')} ${n === 1 ? 'waits' : 'wait'} for a decision`,
  uncovered: (n: number, batch: string, recipient: string) =>
    `Uncovered: ${counted(n, 'card')} ${n === 1 ? 'was' : 'were'} left out because batch ${batch} for ${recipient} had ${n === 1 ? 'it' : 'them'}; that batch ended without reaching ${recipient}.`,
  uncoveredNext: 'prepare a new handoff from the same sources: it covers them',
  pickupDue: (recipient: string, at: string) => `${recipient} is to fetch all of it by ${at}`,
  pickupOverdue: (recipient: string, at: string) =>
    `OVERDUE: ${recipient} was to fetch all of it by ${at}. Ring them up.`,
  planUntil: (time: string) => `plan valid until ${time}`,
};

export type HandoffWords = typeof handoffWords;
