import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { encodeRecovery } from '../../../src/domain/audit/recovery-statement.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { kitCheck } from '../../../src/doors/cli/screens/kit-check.ts';
import { alteredKit } from '../../support/auditor-kit.ts';
import { agreeOn, sayOfLog } from '../../support/recovered-kit.ts';
import type { SaidRecovery } from '../../support/recovered-kit.ts';
import { newLogKey, oldLogKey } from '../../support/recovered-log.ts';
import { testLogKey } from '../../support/audit-log.ts';

const [asking, approval] = ['request', 'approve'].map((act) => `recoveries/11/${act}.json`) as [
  ...[string, string],
];
const [officer, approver] = ['AB'.repeat(20), 'CD'.repeat(32)];
const digest = '0f'.repeat(32);
const statement = encodeRecovery({
  ...{ type: 'mimamori/log-recovery/v1', workspace: 'live-1', mode: 'live' },
  ...{ replaced: oldLogKey.vkey, vkey: newLogKey.vkey, size: 8, root: digest },
  ...{ anchored: 14, anchoredRoot: digest, requester: 'officer-1' },
  ...{ reason: 'says "vkey":"other" and more', at: '2026-11-22T00:00:00.000Z' },
});
/** What entry 11 says of it. */
const data = {
  ...{ vkey: newLogKey.vkey, replaced: oldLogKey.vkey, size: 8, root: digest, anchored: 14 },
  ...{ anchoredRoot: digest, statement: digestOf(statement), requester: 'officer-1' },
  ...{ requesterFingerprint: officer, officer: 'approver-1', fingerprint: approver },
};

let home: string;
let folder: string;
const put = (copy: string, files: Readonly<Record<string, string | Uint8Array>>): void => {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(copy, name), content);
};
/** The last words of `check.sh` where the log, found whole, says this. */
async function saidOf(
  said: readonly SaidRecovery[] | string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<string> {
  const { lines } = await alteredKit(folder, [], home, (copy) => {
    put(copy, files);
    return typeof said === 'string' ? sayOfLog(copy, said) : agreeOn(copy, said);
  });
  return lines.at(-1)!.replace('does not hold: ', '');
}
const saying = (changed: Readonly<Record<string, unknown>> = {}): SaidRecovery[] => [
  { index: 11, data: { ...data, ...changed } },
];

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'mm-kit-check-'));
  folder = join(home, 'kit');
  mkdirSync(join(folder, 'recoveries', '11'), { recursive: true });
  mkdirSync(join(folder, 'log'));
  const files = {
    'check.sh': kitCheck,
    'verify_log.py': '',
    'signatures.txt': `${officer} ${asking}\n${approver} ${approval}\n`,
    [asking]: statement,
    [approval]: statement,
    [`${asking}.sig`]: 'of the one',
    [`${approval}.sig`]: 'of the other',
  };
  put(folder, files);
  const list = Object.keys(files).map((name) => `${'0'.repeat(64)}  ${name}\n`);
  put(folder, { SHA256SUMS: list.join(''), 'log/log.vkey': `${newLogKey.vkey}\n` });
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

describe('check.sh of a kit whose log was recovered', () => {
  const theirs = 'entry 11: the two officers of whom it tells have to have signed its statement';

  it('goes on to the signatures where entry, statement and signers agree', async () => {
    expect(await saidOf(saying())).toBe('the certificates of the signers');
  });

  it.each([
    ['another who asked', { requesterFingerprint: 'EF'.repeat(20) }, theirs],
    ['another who approved', { fingerprint: 'EF'.repeat(20) }, theirs],
    ['a statement that is not here', { statement: digest }, theirs],
    ['one officer twice', { fingerprint: officer }, 'entry 11: one officer let the log go on'],
    [
      'another key',
      { vkey: testLogKey(newLogKey.key.name).vkey },
      `entry 11: ${asking} is about another key`,
    ],
  ])('refuses an entry that names %s', async (_, changed, words) => {
    expect(await saidOf(saying(changed))).toBe(words);
  });

  it('takes each of the two once, and nobody beside them', async () => {
    const signers = readFileSync(join(folder, 'signatures.txt'), 'utf8');
    for (const listed of [
      signers.replace(approver, officer),
      `${signers}${approver} ${asking}\n`,
      `${signers}${'EF'.repeat(20)} ${asking}\n`,
      signers.split('\n', 1)[0]! + '\n',
      '',
    ]) {
      expect(await saidOf(saying(), { 'signatures.txt': listed })).toBe(theirs);
    }
  });

  it('takes no paper for two entries, and none about another matter', async () => {
    const again = [...saying(), { index: 12, data }];
    expect(await saidOf(again)).toBe('two recoveries name one statement');
    const text = new TextDecoder().decode(statement).replace('log-recovery/v1', 'anchor-refill/v1');
    const other = saying({ statement: digestOf(new TextEncoder().encode(text)) });
    expect(await saidOf(other, { [asking]: text, [approval]: text })).toBe(
      `entry 11: ${asking} is about something else`,
    );
  });

  it('passes over no recovery that it cannot read', async () => {
    const [upper, line] = [data.statement.toUpperCase(), 'recovered in entry 11: '];
    for (const said of [line, `${line}entries 8 to 13 are lost, statement ${upper}`]) {
      expect(await saidOf(said)).toBe('what is said of a recovery (above) is not understood here');
    }
  });
});
