import type { ConfigurationChange } from '../../../src/domain/configuration/configuration-changes.ts';
import {
  configApproveScreen,
  configDiffScreen,
  configDropScreen,
  configHistoryScreen,
  configProposalScreen,
  configProposeScreen,
  configShowScreen,
  sharedAccountLines,
} from '../../../src/doors/cli/screens/config-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import type { ApprovedConfiguration } from '../../../src/exchange/configuration/approve-configuration.ts';
import type { SignedConfiguration } from '../../../src/exchange/configuration/signed-history.ts';
import type { ConfigurationStatus } from '../../../src/exchange/configuration/configuration-status.ts';
import type { ProposedConfiguration } from '../../../src/exchange/configuration/propose-configuration.ts';
import { sha256 as digest } from './screen-data.ts';
import type { Size } from './screen-data.ts';

const now = new Date('2020-04-10T00:00:00Z');
const later = new Date('2020-04-11T00:00:00Z');
const path = `/srv/w/data/configurations/${digest.slice(0, 12)}/configuration.json`;

export function changesOf(size: Size): ConfigurationChange[] {
  const base = { part: 'recipients', id: size.id, isGuarded: true } as const;
  const fingerprint = '4F2A91C05D137E2188A04F2A91C05D137E2188A0';
  return [
    { ...base, entry: 'changed', field: 'endpoints[1].host', before: size.text, after: size.text },
    { ...base, entry: 'changed', field: 'endpoints[1].temporary_name', after: size.text },
    { ...base, id: 'amex', entry: 'added', field: 'fingerprint', after: fingerprint },
    { ...base, part: 'officers', entry: 'removed', field: 'name', before: size.text },
    {
      ...{ part: 'settings', id: '', entry: 'changed', field: 'approvals.required' },
      ...{ before: '1', after: '2', isGuarded: true },
    },
  ];
}

export function proposedOf(size: Size): ProposedConfiguration[] {
  const changes = changesOf(size);
  return [
    { digest, changes, state: 'proposed', approvalsRequired: size.list },
    { digest, changes, state: 'statement', path },
  ];
}

export function approvedOf(size: Size): ApprovedConfiguration[] {
  const changes = changesOf(size);
  return [
    { digest, changes, state: 'adopted', startsAt: later, isEmergency: false },
    { digest, changes, state: 'adopted', startsAt: now, isEmergency: true },
    { digest, changes, state: 'missing', approvals: 1, required: size.list + 1 },
    { digest, changes, state: 'statement', path },
  ];
}

export function historyOf(size: Size): SignedConfiguration[] {
  const approval = {
    ...{ officer: size.id, fingerprint: 'A'.repeat(40), isEmergency: true, reason: size.text },
    ...{ statement: new Uint8Array(), signature: new Uint8Array(), approvedAt: now },
  };
  const version = {
    ...{ digest, replaces: digest, proposer: size.id, proposerFingerprint: 'B'.repeat(40) },
    ...{ signature: new Uint8Array(), proposedAt: now, effectiveFrom: later, number: 2 },
    ...{ hasStarted: false, dropped: undefined, approvals: [approval] },
  };
  const dropped = { officer: size.id, at: later, reason: size.text };
  const account = { host: size.id, account: size.id, officers: [size.id, size.id] };
  return (
    [
      { version: { ...version, state: 'adopted' }, standing: 'replaced' },
      { version: { ...version, state: 'adopted' }, standing: 'in-force' },
      { version: { ...version, state: 'adopted', approvals: [] }, standing: 'waiting' },
      { version: { ...version, state: 'proposed' }, standing: 'open' },
      { version: { ...version, state: 'proposed' }, standing: 'stale' },
      { version: { ...version, state: 'dropped', dropped }, standing: 'dropped' },
      { version: { ...version, state: 'dropped' }, standing: 'dropped' },
    ] as const
  ).map((each, at) => ({ ...each, accounts: at === 1 ? [account] : [] }));
}

export function configurationOf(size: Size): ConfigurationStatus {
  return {
    isMissing: true,
    versions: historyOf(size).slice(1, 4),
    differing: ['settings', 'recipients', 'profiles'],
    unreadable: 'config-syntax',
  };
}

export function configScreens(size: Size, view: View): Record<string, readonly string[]> {
  const changes = changesOf(size);
  const by = size.id;
  const [proposed, unsigned] = proposedOf(size);
  const [later1, hasty, missing, statement] = approvedOf(size).map((made) =>
    configApproveScreen({ made, by, now }, view),
  );
  const history = historyOf(size);
  return {
    configDiff: configDiffScreen({ inForce: digest, changes }, view),
    configDiffFirst: configDiffScreen({ inForce: undefined, changes }, view),
    configSame: configDiffScreen({ inForce: digest, changes: [] }, view),
    configProposed: configProposeScreen({ made: proposed!, by }, view),
    configUnsigned: configProposeScreen({ made: unsigned!, by }, view),
    ...{ configLater: later1!, configHasty: hasty!, configMissing: missing! },
    configStatement: statement!,
    configShow: configShowScreen({ ...history[3]!, changes }, view),
    configShown: configShowScreen({ ...history[1]!, changes }, view),
    configDropped: configDropScreen(history[0]!.version, view),
    configProposal: configProposalScreen(view),
    configHistory: configHistoryScreen(history, view),
    configShared: sharedAccountLines(history, view),
    configNoHistory: configHistoryScreen([], view),
  };
}
