import type { Facts } from '../../../../domain/fault.ts';
import { fact, groupOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const name = (f: Facts): string => fact(f, 'configuration', '?').slice(0, 12);
const diff = { command: 'mimamori config diff', label: 'what the files would change' };
const propose = {
  command: 'mimamori config propose --as ID --officer-key FILE',
  label: 'then somebody else approves',
};
const history = { command: 'mimamori config history', label: 'every version and how it stands' };

export const configFaults = {
  'config-id-taken': {
    what: (f) => `${fact(f, 'id', 'this id')} stands in ${fact(f, 'file', 'config/')} already`,
    means: () =>
      'An id is never used twice, also not after disabling, so that old signatures keep their names. Nothing was changed.',
    next: (f) => [
      { command: `mimamori ${groupOf(f)} list`, label: 'shows who is there' },
      'give somebody else another id',
    ],
  },
  'configuration-unapproved': {
    what: () => 'nobody has approved the configuration of this live workspace',
    means: () =>
      'Recipients, endpoints, officers and policy stand in files that one person can edit. Two have to stand behind them first. Nothing was done.',
    next: () => [propose, diff],
  },
  'configuration-unchanged': {
    what: () => 'there is nothing to propose',
    means: () => 'The files say what is in force, or exactly this is proposed already.',
    next: () => [history],
  },
  'configuration-unknown': {
    what: (f) => `no version of the configuration is called ${name(f)}`,
    means: () => 'At least twelve characters of its digest are needed, and they must be unique.',
    next: () => [history],
  },
  'configuration-settled': {
    what: (f) => `configuration ${name(f)} was approved or dropped before`,
    means: () => 'Nothing was changed.',
    next: () => [history],
  },
  'configuration-started': {
    what: (f) => `configuration ${name(f)} is in force, or was`,
    means: () => 'It cannot be dropped any more, only replaced. Nothing was changed.',
    next: () => ['put back what should be otherwise in config/', propose],
  },
  'configuration-stale': {
    what: (f) => `what configuration ${name(f)} was to replace is no longer in force`,
    means: () =>
      'Approved now, it would undo what came into force since it was proposed. Nothing was changed.',
    next: () => [diff, propose],
  },
  'configuration-differs': {
    what: (f) => `the files say something else than configuration ${name(f)} by now`,
    means: () =>
      'Somebody changed them after it was proposed. Whoever approves should see one state and not two. Nothing was changed.',
    next: () => [diff, propose],
  },
  'approver-is-proposer': {
    what: (f) => `${fact(f, 'officer', 'this officer')} proposed it, or has the same certificate`,
    means: () => 'Somebody else has to approve. Nothing was changed; the attempt is recorded.',
    next: () => [history],
  },
  'configuration-approved-twice': {
    what: (f) => `${fact(f, 'officer', 'this officer')} has approved it before`,
    means: () => 'Each approval has to come from somebody else. Nothing was changed.',
    next: () => [history],
  },
  'configuration-statement': {
    what: (f) =>
      f['reason'] === 'missing'
        ? `no statement about configuration ${name(f)} was written here`
        : `the statement that was signed is not about configuration ${name(f)} as it was asked for`,
    means: () =>
      'A signature from elsewhere is over the file that the command without --signature writes. Nothing was changed.',
    next: (f) => [
      { command: `mimamori config approve ${name(f)} --as ID`, label: 'writes it anew' },
    ],
  },
  'configuration-damaged': {
    what: (f) => `the stored configuration ${name(f)} is not what was approved`,
    means: () =>
      'Its bytes do not match its digest, or cannot be read. Somebody changed the database, or it was damaged. Nothing goes by it.',
    next: () => ['keep the workspace as it is, and restore the newest backup elsewhere'],
  },
  'configuration-unproven': {
    what: (f) =>
      `signatures and log do not bear out configuration ${name(f)} (${fact(f, 'found', '?')})`,
    means: () =>
      'A version counts only with the signatures of officers of the one before it, as the log has them. Somebody changed the database, or it was damaged. Nothing goes by it.',
    next: () => [
      history,
      { command: 'mimamori audit verify' },
      'keep the workspace as it is, and restore the newest backup elsewhere',
    ],
  },
} as const satisfies Record<string, FaultWords>;
