import type { Reason, Warning } from '../../../../domain/intake/reasons.ts';

/** Why a record is no card of its own, in a few words. Beside the id, which is what commands take. */
export const reasonWords: Readonly<Record<Reason, string>> = {
  'not-card': 'not paid by card',
  'same-order': 'further item of an order already read',
  'excluded-channel': 'sold elsewhere: not exposed',
  'unknown-channel': 'channel is in no window and not excluded',
  'date-missing': 'no order date',
  'date-unreadable': 'order date cannot be read',
  'outside-window': 'not in an exposure window',
  'masked-number': 'digits are hidden',
  'spreadsheet-damage': 'digits were lost in a spreadsheet',
  characters: 'holds other characters than digits',
  length: 'too short or too long',
  luhn: 'check digit does not fit',
  'unknown-brand': 'no brand has such numbers',
  'no-recipient': 'no route leads to a recipient',
  'test-number': 'published test number',
  duplicate: 'folded into its card',
  'already-handed-off': 'sent to the same recipient before',
};

export const warningWords: Readonly<Record<Warning, string>> = {
  luhn: 'check digit does not fit; the brand allows it',
  'expiry-missing': 'no expiry date; sent without',
  'expiry-unreadable': 'expiry date cannot be read; sent without',
  expired: 'expired by now; sent all the same',
  'expiry-differs': 'another expiry in an earlier row; the latest is sent',
  'reference-withheld': 'order reference looked like a card number; left out',
};

/** What decides held records. */
export const heldSteps: Readonly<Partial<Record<Reason, readonly string[]>>> = {
  'unknown-channel': [
    '--accept-held unknown-channel',
    'if these orders were exposed; or name the channel in the incident',
  ],
  'date-missing': ['--accept-held date-missing', 'if they may lie in a window'],
  'date-unreadable': [
    '--accept-held date-unreadable',
    'if they may lie in a window; or give the date format in a source spec',
  ],
  'unknown-brand': [
    'mimamori bins import FILE',
    'if you know the issuer; or a route for brand "unknown"',
  ],
  'no-recipient': [
    'mimamori recipient add ID …',
    'and a route or a default recipient in the incident',
  ],
  'test-number': ['--accept-held test-number', 'if somebody paid with them after all'],
};
