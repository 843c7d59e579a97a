import type { ConfigurationChange } from '../../../domain/configuration/configuration-changes.ts';
import type { ApprovedConfiguration } from '../../../exchange/configuration/approve-configuration.ts';
import { isByEmergency } from '../../../exchange/configuration/configuration-history.ts';
import type { StandingConfiguration } from '../../../exchange/configuration/configuration-history.ts';
import type { ConfigurationDifference } from '../../../exchange/configuration/configuration-proposal.ts';
import type { ConfigurationVersion } from '../../../exchange/configuration/configuration-versions.ts';
import type { ProposedConfiguration } from '../../../exchange/configuration/propose-configuration.ts';
import type { ShownConfiguration } from '../../../exchange/configuration/show-configuration.ts';
import type { SignedConfiguration } from '../../../exchange/configuration/signed-history.ts';
import { fingerprintGroups } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { configWords as en } from '../words/en/config.ts';
import { configWords as ja } from '../words/ja/config.ts';
import { accountRows } from './account-lines.ts';
import { momentText } from './clock-texts.ts';
import { labelledLines } from './labelled-lines.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';
import type { NextStep } from './next-lines.ts';

const words = { en, ja };

/** As much of a digest as names a version; twelve digits cannot be taken for a card number. */
export function configurationName(digest: string): string {
  return digest.slice(0, 12);
}

/** How the files differ from what is in force. */
export function configDiffScreen(
  { inForce, changes }: ConfigurationDifference,
  view: View,
): string[] {
  const say = words[view.language];
  const name = inForce === undefined ? undefined : configurationName(inForce);
  if (changes.length === 0) return hang('', say.same(name ?? ''));
  return [
    ...hang('', name === undefined ? say.noneApproved : say.differs(name)),
    '',
    ...changeLines(changes, view),
    ...(name === undefined ? [] : guardedLines(changes, view)),
    '',
    ...nextLines([{ command: say.propose, label: say.proposeLabel }], view),
  ];
}

/** A proposal, or the document that waits to be signed elsewhere. */
export function configProposeScreen(
  { made, by }: { readonly made: ProposedConfiguration; readonly by: string },
  view: View,
): string[] {
  const say = words[view.language];
  const name = configurationName(made.digest);
  if (made.state === 'statement') {
    return [
      ...hang('', say.documentWritten(showForeign(made.path))),
      '',
      ...nextLines([say.signIt, { command: say.proposeSigned(by) }], view),
    ];
  }
  return [
    ...hang('', say.proposed(name, by)),
    '',
    ...changeLines(made.changes, view),
    '',
    ...hang('', say.needs(made.approvalsRequired)),
    '',
    ...nextLines(approvalSteps(name, view), view),
  ];
}

/** What an approver reads before they sign: who signed so far, and what it changes. */
export function configShowScreen(shown: ShownConfiguration, view: View): string[] {
  const say = words[view.language];
  const { version, standing, changes } = shown;
  const name = configurationName(version.digest);
  const approve = { command: say.approve(name), label: say.approveLabel };
  return [
    ...versionLines(shown, view),
    '',
    ...changeLines(changes, view),
    ...(version.replaces === undefined ? [] : guardedLines(changes, view)),
    ...(standing === 'open' ? ['', ...nextLines([approve], view)] : []),
  ];
}

/** To look first, then to sign. */
export function approvalSteps(name: string, view: View): NextStep[] {
  const say = words[view.language];
  return [
    { command: say.show(name), label: say.showLabel },
    { command: say.approve(name), label: say.approveLabel },
  ];
}

/** An approval, one of several, or a statement that waits to be signed elsewhere. */
export function configApproveScreen(
  data: { readonly made: ApprovedConfiguration; readonly by: string; readonly now: Date },
  view: View,
): string[] {
  const { made, by, now } = data;
  const say = words[view.language];
  const name = configurationName(made.digest);
  const changes = changeLines(made.changes, view);
  if (made.state === 'statement') {
    return [
      ...hang('', say.statementWritten(showForeign(made.path))),
      '',
      ...changes,
      '',
      ...nextLines([say.signIt, { command: say.approveSigned(name, by) }], view),
    ];
  }
  if (made.state === 'missing') {
    return [
      ...hang('', say.approvedOnce(name, by, made.approvals, made.required)),
      '',
      ...changes,
      '',
      ...nextLines([{ command: say.approve(name), label: say.anotherLabel }], view),
    ];
  }
  const waits = made.startsAt > now;
  const since = momentText(made.startsAt, zoneOf(view), view);
  return [
    ...hang('', waits ? say.adoptedLater(name, by, since) : say.adopted(name, by)),
    ...(made.isEmergency ? hang('', say.byEmergency) : []),
    '',
    ...changes,
    ...(waits ? ['', ...nextLines([{ command: say.drop(name), label: say.dropLabel }], view)] : []),
  ];
}

/** The files were changed, and something else is in force. */
export function configProposalScreen(view: View): string[] {
  const say = words[view.language];
  return [
    '',
    ...hang('', say.proposalNote),
    ...nextLines([{ command: say.diff }, { command: say.propose, label: say.proposeLabel }], view),
  ];
}

/** What was proposed does not happen. */
export function configDropScreen({ digest }: ConfigurationVersion, view: View): string[] {
  return hang('', words[view.language].dropped(configurationName(digest)));
}

/** Of the report of a kit: the versions that several officers signed under one account; nothing where there are none. */
export function sharedAccountLines(history: readonly SignedConfiguration[], view: View): string[] {
  const shared = history.filter(({ accounts }) => accounts.length > 0);
  if (shared.length === 0) return [];
  return ['', '', ...hang('', words[view.language].label), '', ...historyLines(shared, view)];
}

/** Every version that was proposed, the newest last. */
export function configHistoryScreen(history: readonly SignedConfiguration[], view: View): string[] {
  const say = words[view.language];
  if (history.length === 0) {
    return [...hang('', say.noneApproved), '', ...nextLines([{ command: say.diff }], view)];
  }
  return historyLines(history, view);
}

function historyLines(history: readonly SignedConfiguration[], view: View): string[] {
  return history.flatMap((entry, at) => [...(at === 0 ? [] : ['']), ...versionLines(entry, view)]);
}

/** A version by its name, how it stands, and who signed it. */
function versionLines(entry: SignedConfiguration, view: View): string[] {
  return [
    ...hang('', `${configurationName(entry.version.digest)}  ${standingText(entry, view)}`),
    ...labelledLines(
      [...signedRows(entry.version, view), ...accountRows(entry.accounts, view)],
      view,
      2,
    ),
  ];
}

/** In words how a version stands, and since or from when. */
export function standingText({ version, standing }: StandingConfiguration, view: View): string {
  const say = words[view.language];
  const at =
    version.effectiveFrom === undefined
      ? ''
      : momentText(version.effectiveFrom, zoneOf(view), view);
  const text = say.standing[standing](at);
  return version.state === 'adopted' && isByEmergency(version)
    ? `${text} · ${say.emergencyMark}`
    : text;
}

function signedRows(version: ConfigurationVersion, view: View) {
  const { proposer, proposedAt, approvals, dropped } = version;
  const say = words[view.language];
  const zone = zoneOf(view);
  const because = (reason: string | undefined): string =>
    reason === undefined ? '' : ` · ${showForeign(reason)}`;
  return [
    [say.proposedBy, say.signed(proposer, momentText(proposedAt, zone, view))],
    ...approvals.map(({ officer, approvedAt, isEmergency, reason }): LabelledRow => {
      const mark = isEmergency ? ` · ${say.emergencyMark}` : '';
      const by = say.signed(officer, momentText(approvedAt, zone, view));
      return [say.approvedBy, by + mark + because(reason)];
    }),
    [
      say.droppedBy,
      dropped === undefined
        ? ''
        : say.signed(dropped.officer, momentText(dropped.at, zone, view)) + because(dropped.reason),
    ],
  ] satisfies LabelledRow[];
}

/** Entry by entry, field by field. */
function changeLines(changes: readonly ConfigurationChange[], view: View): string[] {
  const say = words[view.language];
  const entries = Map.groupBy(changes, ({ part, id }) => `${part} ${id}`);
  return [...entries.values()].flatMap((fields, at) => {
    const { part, id, entry } = fields[0]!;
    return [
      ...(at === 0 ? [] : ['']),
      ...hang('', say.entry[entry](say.part[part], id)),
      ...labelledLines(
        fields.map((change): LabelledRow => [change.field, valueText(change, view)]),
        view,
        2,
      ),
    ];
  });
}

function guardedLines(changes: readonly ConfigurationChange[], view: View): string[] {
  // The fields of an endpoint, or of what they answer, are one thing to whoever changed it.
  const guarded = new Set(
    changes
      .filter(({ isGuarded }) => isGuarded)
      .map(({ part, id, field }) => JSON.stringify([part, id, field.split('.')[0]])),
  );
  return guarded.size === 0 ? [] : ['', ...hang('', words[view.language].guarded(guarded.size))];
}

function valueText({ entry, before, after }: ConfigurationChange, view: View): string {
  if (entry === 'added') return shown(after);
  if (entry === 'removed') return shown(before);
  const { nothing } = words[view.language];
  return `${before === undefined ? nothing : shown(before)} → ${after === undefined ? nothing : shown(after)}`;
}

/** Fingerprints and digests in groups: a run of digits could be taken for a card number, and hidden. */
function shown(value = ''): string {
  return /^[0-9A-Fa-f]{40,64}$/.test(value) ? fingerprintGroups(value) : showForeign(value);
}
