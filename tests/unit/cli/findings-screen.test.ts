import { describe, expect, it } from 'vitest';

import { acceptableReasons } from '../../../src/domain/intake/reasons.ts';
import { heldScreen } from '../../../src/doors/cli/screens/findings-screen.ts';
import { findingsOf } from './every-screen.ts';
import { ordinary } from './screen-data.ts';

const found = findingsOf(ordinary);

/** What the screen says about held records of one reason. */
function adviceOn(reason: string): string {
  const findings = found.findings.filter((finding) => finding.reason === reason).slice(0, 1);
  return heldScreen({ ...found, findings }, { language: 'en', colour: false }).join('\n');
}

describe('heldScreen()', () => {
  it.each(['unknown-channel', 'no-recipient', 'unknown-brand'])(
    'names the amendment of the incident for %s',
    (reason) => {
      expect(adviceOn(reason)).toContain('mimamori incident amend psp FILE --as ID --reason "…"');
    },
  );

  it.each(acceptableReasons)('tells how %s is accepted, with a reason', (reason) => {
    expect(adviceOn(reason)).toContain(`--accept-held ${reason} --reason "…"`);
  });

  it('withdraws a handoff that is still open before anything else', () => {
    expect(adviceOn('no-recipient')).toMatch(
      /^Next {2}mimamori handoff cancel h7k2m9qa --as ID --reason "…"/m,
    );
  });
});
