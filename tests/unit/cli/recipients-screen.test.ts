import { describe, expect, it } from 'vitest';

import { recipientSavedScreen } from '../../../src/doors/cli/screens/recipients-screen.ts';
import { ordinary, recipientOf } from './screen-data.ts';

const draw = (change: 'add' | 'update' | 'terms' | 'disable'): string =>
  recipientSavedScreen(
    { recipient: recipientOf(ordinary), change },
    { language: 'en', colour: false },
  ).join('\n');

describe('recipientSavedScreen()', () => {
  it('says nothing of earlier plans for a new recipient, and what comes next', () => {
    const text = draw('add');
    expect(text).not.toContain('no longer match');
    expect(text).toContain('Read the fingerprints out');
    expect(text).toMatch(/^Next {2}mimamori doctor/m);
    expect(text).toContain('mimamori incident open FILE.toml --as ID');
  });

  it('says of a changed one that earlier plans no longer match', () => {
    expect(draw('update')).toContain('no longer match');
    expect(draw('update')).toContain('Read the fingerprints out');
    expect(draw('disable')).toContain('no longer match');
    expect(draw('disable')).not.toContain('Read the fingerprints out');
    expect(draw('terms')).not.toMatch(/no longer match|Read the fingerprints|recipient test/);
  });
});
