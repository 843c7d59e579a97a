import { describe, expect, it } from 'vitest';

import { Fault } from '../../../src/domain/fault.ts';
import type { Facts } from '../../../src/domain/fault.ts';
import { exitStatuses } from '../../../src/doors/cli/exit-statuses.ts';
import { faultDocument, faultScreen, faultStatus } from '../../../src/doors/cli/fault-screen.ts';
import { isPlain } from '../../../src/doors/cli/foreign-text.ts';
import { LINE_COLUMNS, widthOf } from '../../../src/doors/cli/layout.ts';
import { errorSchema } from '../../../src/doors/cli/outputs/error.ts';

const codes = Object.keys(exitStatuses);
const languages = ['en', 'ja'] as const;
const names =
  'profiles arrival days configuration address ' +
  'known folder ' +
  'party ' +
  'missing offered allow number waitsFor digits ' +
  'file line key expected found suggestion limit bytesMax reason option problem command id first second anchor mode owner ' +
  'source column header kind hits of damaged masked looks_like candidates encoding offset max wanted positions purposes ' +
  'incident window from to channel route brand recipient otherLine endpoint part profile problems field charset cardsMax ' +
  'fingerprint expiredAt validFrom algorithm count keyId signer workspace purpose origin charactersMin handoff batch officer ' +
  'role act what expired state event approvals required requester host port presented step credential directory freeBytes ' +
  'neededBytes why size anchored setting recorded read signal as_month_year as_year_month due at timeZone clock subject ' +
  'year last fits as_day_month as_month_day made_by handoffs held rows tries leftAt meant by named mistake choices same_as stage absent cards references others merchant ' +
  'announced unknown duplicates differing contradicted standing path index open until recovered ' +
  'issuer lines ambiguous elsewhere twice id box sender folder holds rest';

const filled = (value: string | number | readonly string[]): Facts =>
  Object.fromEntries(names.split(' ').map((name) => [name, value]));
const factSets: readonly (readonly [string, Facts])[] = [
  ['no facts', {}],
  ['numbers', filled(1_234_567)],
  ['lists', filled(['one', 'two'])],
  ['hostile text', filled('\u001B[2J\u202Eevil\n')],
  ['long text', filled('とても長い名前'.repeat(40))],
];

/** A path or name in a command stays whole, however long: it is there to be copied. */
const isOneWord = (line: string): boolean => /^ *\S+(?: \\)?$/.test(line);

describe.each(languages)('faultScreen(), %s', (language) => {
  const view = { language, colour: false };

  it.each(factSets)('has words for every code with %s', (_name, facts) => {
    for (const code of codes) {
      const lines = faultScreen(new Fault(code, 'never', facts), view);
      const text = lines.join('\n');
      expect(lines[0], code).toMatch(/^mimamori: \S/);
      expect(lines.at(-1), code).toContain(code);
      expect(text, code).not.toMatch(/undefined|NaN|\[object|[!！]|successful/);
      expect(
        lines.filter((line) => widthOf(line) > LINE_COLUMNS && !isOneWord(line)),
        code,
      ).toEqual([]);
      expect(lines.every(isPlain), code).toBe(true);
    }
  });

  it('tells an officer and a workspace apart whose passphrase is short', () => {
    const of = (who: string): string =>
      faultScreen(new Fault('passphrase-too-short', 'never', { of: who }), view).join('\n');
    expect(of('officer')).toContain('gpg --passwd ID');
    expect(of('workspace')).not.toContain('gpg');
  });

  it('tells a key that two share from a directory', () => {
    const of = (endpoint: string): string =>
      faultScreen(new Fault('endpoint-shared', 'never', { endpoint }), view).join('\n');
    const directory = language === 'en' ? 'directory' : 'ディレクトリー';
    expect(of('pickup SHA256:x')).not.toContain(directory);
    expect(of('sftp host:22 in')).toContain(directory);
  });

  it('tells a missing directory of answers from one for our files', () => {
    const screen = (facts: Facts): string =>
      faultScreen(new Fault('remote-directory-missing', 'never', facts), view).join('\n');
    expect(screen({})).toContain('mimamori handoff retry');
    expect(screen({ holds: 'answers' })).toContain('mimamori response collect');
    expect(screen({ holds: 'answers' })).not.toContain('handoff retry');
  });

  it('tells for every code what to do, except where a person just stopped', () => {
    const silent = codes.filter((code) => {
      const lines = faultScreen(new Fault(code, 'never'), view);
      return !lines.some((line) => /^ {2}(?:Do now|いますぐ)/.test(line));
    });
    expect(silent).toEqual(['passphrase-interrupted']);
  });

  it('shows of an unforeseen error its class and nothing of its text', () => {
    const lines = faultScreen(new RangeError('4111 1111 in orders.csv'), view);
    const text = lines.join('\n');
    expect(text).toContain('RangeError');
    expect(text).not.toContain('4111');
    expect(lines.at(-1)).toContain('internal');
    expect(faultScreen('thrown text', view).join('\n')).not.toContain('thrown text');
  });
});

describe('faultScreen()', () => {
  const view = { language: 'en', colour: false } as const;

  it('names the source by its place among the sources', () => {
    const fault = new Fault('quote-unbalanced', 'never', { source: 2, line: 7 });
    const context = { sources: ['orders.csv', 'pfi.csv'] };
    expect(faultScreen(fault, view, context)[0]).toContain('pfi.csv is refused');
    expect(faultScreen(fault, view)[0]).toContain('source 2');
    const unnumbered = new Fault('quote-unbalanced', 'never', { line: 7 });
    expect(faultScreen(unnumbered, view, { sources: ['orders.csv'] })[0]).toContain('orders.csv');
  });

  it('takes an unknown code for an unforeseen error', () => {
    const lines = faultScreen(new Fault('of-tomorrow', 'later'), view);
    expect(lines.join('\n')).toContain('of-tomorrow');
    expect(lines.at(-1)).toBe('  internal · exit 70');
    expect(faultStatus(new Fault('of-tomorrow', 'later'))).toBe(70);
    expect(faultStatus(undefined)).toBe(70);
  });

  it('does not call somebody else a fault of this program', () => {
    expect(faultStatus(new Fault('toString', 'never'))).toBe(70);
  });

  it('tells a recall that an amendment made void from another changed plan', () => {
    const screen = (what: string): string =>
      faultScreen(new Fault('plan-changed', 'after-operator', { what }), view).join('\n');
    expect(screen('incident:shop-a-2020')).toContain('handoff recall --incident shop-a-2020');
    expect(screen('incident:shop-a-2020')).not.toContain('sources');
    expect(screen('recipient:psp')).toContain('prepare the handoff again from its sources');
  });

  it('refuses a changed host key in the words that matter', () => {
    const text = faultScreen(
      new Fault('host-key-changed', 'after-operator', {
        host: 'h',
        presented: ['SHA256:b'],
        expected: ['SHA256:a'],
      }),
      view,
    ).join('\n');
    expect(text).toContain('do not continue');
    expect(text).toContain('a number you already have');
    expect(text).toContain('mimamori recipient update ID --host-key');
    expect(text).toContain('exit 76');
  });
});

describe('faultDocument()', () => {
  it.each(codes)('says %s in one English line', (code) => {
    const document = faultDocument(new Fault(code, 'later', filled('x\ny')));
    expect(errorSchema.parse(document)).toEqual(document);
    expect(document.error.code).toBe(code);
    expect(document.error.retry).toBe('later');
    expect(`${document.error.message}${document.error.hint}`).not.toMatch(/[\n\u3040-\u30FF]/);
  });

  it('says of an unforeseen error that nobody should try it again blindly', () => {
    const { error } = faultDocument(new Error('4111 1111'));
    expect(error).toMatchObject({ code: 'internal', retry: 'never' });
    expect(JSON.stringify(error)).not.toContain('4111');
  });
});
