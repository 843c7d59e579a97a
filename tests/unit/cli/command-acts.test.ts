import { describe, expect, it } from 'vitest';

import { isAct } from '../../../src/domain/audit/events.ts';
import { standingOf } from '../../../src/doors/cli/command-standings.ts';
import { buildProgram } from '../../../src/doors/cli/program.ts';

/**
 * What each command that changes something, or lets something leave, writes into the log. A new command needs a row
 * here, and with it an act.
 */
const actsOf: Readonly<Record<string, readonly string[]>> = {
  init: ['workspace-init', 'key-create'],
  restore: ['workspace-restore'],
  backup: ['backup-make'],
  'officer add': ['officer-add'],
  'officer disable': ['officer-disable'],
  'sender add': ['sender-add'],
  'sender disable': ['sender-disable'],
  'recipient add': ['recipient-add'],
  'recipient update': ['recipient-update'],
  'recipient disable': ['recipient-disable'],
  'recipient test': ['recipient-test', 'recipient-test-sent'],
  'recipient confirm': ['recipient-test-answer', 'recipient-test-file-answer'],
  'recipient probe': ['recipient-probe'],
  'bins import': ['bins-import'],
  'incident open': ['incident-open'],
  'incident amend': ['incident-amend'],
  'incident close': ['incident-close'],
  'incident record': ['incident-record'],
  'incident clock': ['clock-settle'],
  'incident recalled': ['recall-settle'],
  'incident told': ['incident-told'],
  'incident export': ['incident-export'],
  'handoff prepare': ['handoff-prepare', 'handoff-prepare-refused', 'handoff-request'],
  'handoff import-sent': ['handoff-import-sent'],
  'handoff recall': ['handoff-recall', 'handoff-request'],
  'handoff request': ['handoff-request'],
  'handoff approve': ['handoff-approve'],
  'handoff decline': ['handoff-decline'],
  'handoff cancel': ['handoff-cancel'],
  'handoff deliver': ['delivery-start', 'delivery-stored', 'delivery-failed', 'handoff-emergency'],
  'handoff resolve': ['delivery-resolve'],
  'handoff retry': ['delivery-retry'],
  'handoff record': ['handoff-record'],
  'notices export': ['notices-export'],
  'notices record': ['notices-record'],
  'lookup card': ['look-up'],
  'lookup order': ['look-up'],
  'lookup person': ['look-up'],
  'waiver request': ['incident-told'],
  'waiver record': ['incident-told'],
  'waiver except': ['waiver-exceptions'],
  'waiver letter': ['waiver-letter'],
  'response import': [
    ...['response-import', 'response-import-cards', 'response-refused', 'delivery-proved'],
  ],
  'response collect': ['answer-repeated', 'answer-quarantined'],
  'response settle': ['response-settle', 'response-settle-cards', 'answer-settled'],
  'purge incident': ['incident-purge-start', 'incident-purge'],
  'purge source': ['source-purge-start', 'source-purge'],
  'audit anchor': ['anchor-refill'],
  'audit recover': ['log-recover', 'delivery-presumed'],
  'key rotate': ['key-rotate', 'log-key-rotate'],
  'key retire': ['key-retire', 'log-key-retire'],
  'credential create': ['credential-create'],
  'credential revoke': ['credential-revoke'],
  serve: [
    ...['serve-start', 'serve-stop', 'delivery-partly-read', 'delivery-read', 'delivery-taken'],
    ...['answer-arrived', 'answer-refused', 'delivery-proved', 'pickup-refused'],
  ],
  'config propose': ['configuration-propose'],
  'config approve': ['configuration-approve'],
  'config drop': ['configuration-drop'],
};

const program = buildProgram('0.0.0', () => {
  throw new Error('nothing is run here');
});
const names = program.commands.flatMap((group) =>
  group.commands.length === 0
    ? [group.name()]
    : group.commands.map((command) => `${group.name()} ${command.name()}`),
);

describe('every command that changes something', () => {
  it('has an act in the vocabulary of the log', () => {
    const changing = names.filter((name) => ['signed', 'sealed', 'own'].includes(standingOf(name)));
    expect(changing.filter((name) => !Object.hasOwn(actsOf, name))).toEqual([]);
    expect(changing.length).toBeGreaterThan(25);
  });

  it('is a command of this program, and its acts are of the vocabulary', () => {
    expect(Object.keys(actsOf).filter((name) => !names.includes(name))).toEqual([]);
    const acts = Object.values(actsOf).flat();
    expect(acts.filter((act) => !isAct(act))).toEqual([]);
  });
});
