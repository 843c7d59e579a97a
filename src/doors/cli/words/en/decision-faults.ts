import type { Facts } from '../../../../domain/fault.ts';
import { about, amendedIncident, fact, factOf, stateOf } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';
import { stateNames } from './state-names.ts';
import { counted } from './counted.ts';

const handoff = (f: Facts): string => fact(f, 'handoff', 'HANDOFF');
const officer = (f: Facts): string => fact(f, 'officer', 'this officer');
const batch = (f: Facts): string => fact(f, 'batch', 'the batch');
const nothingDecided = 'Nothing was decided, nothing was sent.';
const prepareAgain =
  'prepare the handoff again from its sources, or recall again; the new plan needs a new approval';

const planAgain = (f: Facts): readonly Step[] => {
  const incident = amendedIncident(f);
  if (incident === undefined) return [prepareAgain];
  const command = `mimamori handoff recall --incident ${incident} --dry-run --reason "…" --as ID`;
  return [{ command, label: 'shows what is out by the new document' }];
};

export const decisionFaults = {
  'handoff-unknown': {
    what: (f) => `there is no handoff ${fact(f, 'handoff', 'of this name')}`,
    next: () => [{ command: 'mimamori handoff list', label: 'shows all handoffs' }],
  },
  'batch-unknown': {
    what: (f) =>
      factOf(f, 'recipient') === undefined
        ? `there is no batch ${fact(f, 'batch', 'of this name')}`
        : `handoff ${handoff(f)} has no batch for ${fact(f, 'recipient', '')}`,
    next: (f) => [
      {
        command: `mimamori handoff show ${handoff(f)}`,
        label: 'shows its batches and their names',
      },
    ],
  },
  'handoff-undecided': {
    what: (f) =>
      factOf(f, 'state') === 'preparing'
        ? `handoff ${handoff(f)} of this incident is being prepared by another command`
        : `handoff ${handoff(f)} of this incident still waits for its decision`,
    means: () =>
      'Two open plans could send the same card twice. One of them has to be decided first; nothing was read.',
    next: (f) => [
      { command: `mimamori handoff show ${handoff(f)}` },
      {
        command: `mimamori handoff cancel ${handoff(f)} --as ID --reason "…"`,
        label: 'withdraws it',
      },
    ],
  },
  'handoff-decided': {
    what: (f) =>
      factOf(f, 'batch') === undefined
        ? `handoff ${handoff(f)} is decided already`
        : `handoff ${handoff(f)} can no longer be withdrawn: batch ${batch(f)} is ${stateOf(f, 'state', stateNames.batch) ?? 'under way'}`,
    means: (f) =>
      factOf(f, 'state') === 'offered'
        ? 'Its recipient opened the file when it was offered before, and may have all of it: ask them. Nothing was changed.'
        : 'Nothing was changed.',
    next: (f) => [
      { command: `mimamori handoff show ${handoff(f)}` },
      ...(factOf(f, 'state') === 'offered'
        ? [
            {
              command: `mimamori handoff resolve ${batch(f)} --outcome withdrawn --as ID --reason "…"`,
              label: 'if nobody has it',
            },
          ]
        : factOf(f, 'rest') === undefined
          ? []
          : [
              {
                command: `mimamori handoff cancel ${handoff(f)} --rest --as ID --reason "…"`,
                label: 'withdraws what of it has not left',
              },
            ]),
    ],
  },
  'handoff-empty': {
    what: (f) => `handoff ${handoff(f)} has nothing to send`,
    means: () => 'No record became a card that still has to be sent.',
    next: (f) => [
      { command: `mimamori handoff held ${handoff(f)}`, label: 'shows what waits for a decision' },
      {
        command: `mimamori handoff findings ${handoff(f)}`,
        label: 'shows every other record and its reason',
      },
    ],
  },
  'handoff-not-approved': {
    what: (f) =>
      `handoff ${handoff(f)} is not approved${about(f, 'approvals', (n) => ` (${n} of ${counted(fact(f, 'required', '?'), 'approval')})`)}`,
    means: () =>
      'Nothing leaves this machine before someone other than the requester approves. Nothing was sent.',
    next: (f) => [
      { command: `mimamori handoff review ${handoff(f)}`, label: 'what the approver decides on' },
      {
        command: `mimamori handoff approve ${handoff(f)} --as ID --officer-key FILE`,
        label: 'the approver runs this',
      },
    ],
  },
  'request-unsigned': {
    what: (f) => `handoff ${handoff(f)} was not signed by its requester yet`,
    means: () => nothingDecided,
    next: (f) => [
      {
        command: `mimamori handoff request ${handoff(f)} --as ${fact(f, 'requester', 'ID')} --officer-key FILE`,
        label: 'the requester runs this',
      },
    ],
  },
  'command-unsigned': {
    what: (f) => `${officer(f)} did not sign the command "${fact(f, 'command', '')}"`,
    means: () =>
      'In a live workspace an officer stands behind every change with a signature. Nothing was changed.',
    next: (f) => [
      {
        command: `mimamori … ${fact(f, 'command', '')} --officer-key FILE`,
        label: 'run it again with the key',
      },
      {
        command: `sha256sum ${fact(f, 'path', 'FILE').replace(/\.json$/, '')}.said.json`,
        label: 'or read that file: its digest is “said” in the statement',
      },
      {
        command: `gpg --detach-sign ${fact(f, 'path', 'FILE')}`,
        label: 'and sign the statement elsewhere',
      },
      {
        command: `mimamori … ${fact(f, 'command', '')} --signature FILE.sig`,
        label: 'and bring the signature within 24 hours',
      },
    ],
  },
  'command-not-waiting': {
    what: (f) => `no command "${fact(f, 'command', '')}" waits for this signature`,
    means: () =>
      'A signature from elsewhere is good for the one command it was asked for, with the same arguments and files, within 24 hours. Nothing was changed.',
    next: (f) => [
      {
        command: `mimamori … ${fact(f, 'command', '')}`,
        label: 'without a signature, the command writes what is to be signed',
      },
    ],
  },
  'statement-used': {
    what: (f) => `this signature was used for "${fact(f, 'command', '')}" once already`,
    means: () => 'One signature is good for one run. Nothing was changed.',
    next: (f) => [
      {
        command: `mimamori … ${fact(f, 'command', '')}`,
        label: 'without a signature, the command writes what is to be signed',
      },
    ],
  },
  'approver-is-requester': {
    what: (f) => `${officer(f)} requested handoff ${handoff(f)} and cannot decide it`,
    means: () =>
      'Two persons with two certificates stand behind every handoff. The attempt was recorded. Nothing was sent.',
    next: (f) => [
      {
        command: `mimamori handoff approve ${handoff(f)} --as ID --officer-key FILE`,
        label: 'someone else runs this',
      },
    ],
  },
  'role-missing': {
    what: (f) =>
      factOf(f, 'role') === 'requester'
        ? `${officer(f)} did not prepare this handoff and cannot sign it as its requester`
        : `${officer(f)} does not have the role "${fact(f, 'role', '')}"`,
    means: () => nothingDecided,
    next: () => [{ command: 'mimamori officer list', label: 'shows who may do what' }],
  },
  'officer-unknown': {
    what: (f) => `there is no officer ${fact(f, 'officer', 'of this name')}`,
    next: (f) => [
      { command: 'mimamori officer list' },
      {
        command: `mimamori officer add ID --name TEXT --roles ${fact(f, 'role', 'officer')} --certificate FILE --fingerprint …`,
      },
    ],
  },
  'officer-disabled': {
    what: (f) => `${officer(f)} is disabled or past the end of their time`,
    means: () => nothingDecided,
    next: () => [{ command: 'mimamori officer list', label: 'shows who may act' }],
  },
  'officer-required': {
    what: (f) => `this needs an officer${about(f, 'role', (r) => ` with the role "${r}"`)}`,
    next: () => [
      { command: 'mimamori … --as ID', label: 'says who acts' },
      { command: 'mimamori officer list' },
    ],
  },
  'officer-key-required': {
    what: () => "this needs the officer's signature",
    means: () => 'An id alone proves nobody. Nothing was changed.',
    next: () => [
      {
        command: 'mimamori … --as ID --officer-key FILE',
        label: 'signs here, the key is not kept',
      },
      'or sign the statement elsewhere and hand it in with --signature FILE',
    ],
  },
  'officer-key-mismatch': {
    what: (f) => `the key is not the one that is registered for ${officer(f)}`,
    means: () => nothingDecided,
    next: () => [{ command: 'mimamori officer list', label: 'shows the registered fingerprints' }],
  },
  'reason-required': {
    what: (f) => `this needs a reason${about(f, 'act', (act) => ` (${act})`)}`,
    means: () => 'It is kept with the log: in a year somebody will ask why.',
    next: () => [{ command: 'mimamori … --reason "…"' }],
  },
  'plan-expired': {
    what: (f) =>
      `the plan of handoff ${handoff(f)} has expired${about(f, 'expired', (at) => ` (${at})`)}`,
    means: () => 'An approval is for a time, not for ever. Nothing was sent.',
    next: (f) => [
      {
        command: `mimamori handoff cancel ${handoff(f)} --rest --as ID --reason "…"`,
        label: 'if it is still open',
      },
      prepareAgain,
    ],
  },
  'plan-changed': {
    what: (f) =>
      `handoff ${handoff(f)} is no longer what was planned${about(f, 'what', (what) => ` (${what.replace(':', ' ')})`)}`,
    means: (f) =>
      amendedIncident(f) === undefined
        ? 'A certificate, an endpoint, a pin or a sealed file differs from the plan, so its approval is void. Nothing was sent.'
        : 'The incident was amended after this recall was made: cards that it names may be in again. Nothing was sent.',
    next: (f) => [
      { command: 'mimamori audit tail', label: 'shows what was changed, and by whom' },
      { command: `mimamori handoff cancel ${handoff(f)} --rest --as ID --reason "…"` },
      ...planAgain(f),
    ],
  },
  'statement-invalid': {
    what: () => 'the statement is not an approval that Mimamori wrote',
    means: () =>
      `It was opened and saved by another program, or is another file. ${nothingDecided}`,
    next: (f) => [
      {
        command: `mimamori handoff approve ${handoff(f)} --as ID`,
        label: 'writes the statement again',
      },
      'sign that file as it is',
    ],
  },
  'statement-other-plan': {
    what: (f) => `the statement is about another plan than that of handoff ${handoff(f)}`,
    means: () => nothingDecided,
    next: (f) => [
      {
        command: `mimamori handoff review ${handoff(f)}`,
        label: 'look again: this is what counts now',
      },
      {
        command: `mimamori handoff approve ${handoff(f)} --as ID`,
        label: 'writes the right statement',
      },
    ],
  },
  'statement-missing': {
    what: (f) => `there is no statement of handoff ${handoff(f)} that this signature could be for`,
    means: () => nothingDecided,
    next: (f) => [
      {
        command: `mimamori handoff approve ${handoff(f)} --as ID`,
        label: 'writes the statement to sign',
      },
    ],
  },
} as const satisfies Record<string, FaultWords>;
