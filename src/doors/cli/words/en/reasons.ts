import type { Reason, Warning } from '../../../../domain/intake/reasons.ts';

/** Why a record is no card of its own, in a few words. Beside the id, which is what commands take. */
export const reasonWords: Readonly<Record<Reason, string>> = {
  'not-card': 'not paid by card',
  'same-order': 'further item of an order already read',
  'unknown-merchant': 'not of a merchant of the incident',
  'excluded-channel': 'sold elsewhere: not exposed',
  'unknown-channel': 'channel is in no window and not excluded',
  'date-missing': 'no order date',
  'date-unreadable': 'order date cannot be read',
  'outside-window': 'not in an exposure window',
  'masked-number': 'digits are hidden',
  'spreadsheet-damage': 'digits were lost in a spreadsheet',
  characters: 'is empty or holds other characters than digits',
  length: 'too short or too long',
  luhn: 'check digit does not fit',
  'unknown-brand': 'no brand has such numbers',
  'no-recipient': 'no route leads to a recipient',
  'test-number': 'published test number',
  duplicate: 'folded into its card',
  'already-handed-off': 'sent to the same recipient before',
  'reference-missing': 'no reference',
  'reference-too-long': 'longer than a reference can be',
  'reference-is-number': 'a card number stands where the reference should',
};

export const warningWords: Readonly<Record<Warning, string>> = {
  luhn: 'check digit does not fit; the brand allows it',
  'expiry-missing': 'no expiry date; sent without',
  'expiry-unreadable': 'expiry date cannot be read; sent without',
  expired: 'expired by now; sent all the same',
  'expiry-differs': 'another expiry in an earlier row; the latest is sent',
  'reference-withheld': 'order reference looked like a card number; left out',
  'detail-unreadable': 'brand or last 4 cannot be read; sent without',
  'detail-differs': 'another brand or last 4 in an earlier row; the first is sent',
};

/** What decides held records: a command, or options of the next prepare. */
export interface HeldStep {
  readonly command: string;
  readonly label: string;
}

const amend = (incident: string): string =>
  `mimamori incident amend ${incident} FILE --as ID --reason "…"`;
const accept = (reason: Reason): string => `--accept-held ${reason} --reason "…"`;

/** By reason, for an incident: the likeliest first; any one of them is enough. */
export const heldSteps: Readonly<
  Partial<Record<Reason, (incident: string) => readonly HeldStep[]>>
> = {
  'unknown-merchant': (incident) => [
    { command: '--source FILE=SPEC', label: 'if its merchant_map says which merchant it is' },
    { command: amend(incident), label: 'once FILE has the merchant' },
  ],
  'unknown-channel': (incident) => [
    { command: amend(incident), label: 'once FILE has the channel in a window, or excludes it' },
    { command: accept('unknown-channel'), label: 'if these orders were exposed' },
    { command: '--source FILE=SPEC', label: 'if its channel_map gives the channel a known name' },
  ],
  'date-missing': () => [{ command: accept('date-missing'), label: 'if they may lie in a window' }],
  'date-unreadable': () => [
    { command: accept('date-unreadable'), label: 'if they may lie in a window' },
    { command: '--source FILE=SPEC', label: 'if its date_format says how to read the dates' },
  ],
  'unknown-brand': (incident) => [
    { command: 'mimamori bins import FILE', label: 'if you know brand and issuer' },
    { command: amend(incident), label: 'once FILE has a route for brand "unknown"' },
  ],
  'no-recipient': (incident) => [
    { command: amend(incident), label: 'once FILE has a route or a default recipient for them' },
  ],
  'reference-is-number': () => [
    {
      command: '--source FILE=SPEC',
      label: 'if another column has the reference; else tell the recipient these by phone',
    },
  ],
  'test-number': () => [
    { command: accept('test-number'), label: 'if somebody paid with them after all' },
  ],
};
