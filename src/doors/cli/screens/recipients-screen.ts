import type { Endpoint } from '../../../domain/recipients/endpoint.ts';
import { fingerprintOfLine } from '../../../domain/recipients/pickup-key.ts';
import type { OpenHours } from '../../../domain/recipients/open-hours.ts';
import type { Recipient } from '../../../domain/recipients/recipient.ts';
import type { AgreedTerms } from '../../../domain/recipients/agreed-terms.ts';
import { takesClear } from '../../../domain/recipients/takes-clear.ts';
import { plannedEndpoint } from '../../../exchange/handoff/compose-plan.ts';
import type { RecipientStanding } from '../../../exchange/recipients/recipient-standing.ts';
import { fingerprintGroups, shortDigest } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { listingWords as en } from '../words/en/listings.ts';
import { recipientTestWords as testEn } from '../words/en/recipient-test.ts';
import { listingWords as ja } from '../words/ja/listings.ts';
import { recipientTestWords as testJa } from '../words/ja/recipient-test.ts';
import { labelledLines } from './labelled-lines.ts';
import { traitRows } from './trait-rows.ts';
import { testedText } from './tested-text.ts';
import type { LabelledRow } from './labelled-lines.ts';
import { nextLines } from './next-lines.ts';
import { dateText } from './clock-texts.ts';

const words = { en: { ...testEn, ...en }, ja: { ...testJa, ...ja } };

/** All recipients, one a line. */
export function recipientsScreen(recipients: readonly Recipient[], view: View): string[] {
  const say = words[view.language];
  if (recipients.length === 0) {
    return [...hang('', say.noRecipients), ...nextLines([{ command: say.addRecipient }], view)];
  }
  const rows = recipients.map(({ id, state, endpoints, profile, fingerprint }) => [
    id,
    say[state],
    endpoints.map((endpoint) => placeOf(endpoint, view)).join(', '),
    profile,
    shortDigest(fingerprint),
  ]);
  return table(
    [{ min: 12 }, {}, { overflow: 'middle', min: 20 }, { min: 12 }, {}],
    [say.recipientColumns, ...rows],
    view,
  );
}

/** One recipient in full: what to read out by phone, whom to ask, and whether they read a test file back. */
export function recipientScreen(
  recipient: Recipient,
  view: View,
  standing?: RecipientStanding,
): string[] {
  const say = words[view.language];
  const { id, name, state, confirmed_by: confirmedBy, confirmed_at: confirmedAt } = recipient;
  const countedFrom = recipient.answers?.counted_from;
  const confirmedOn = dateText(new Date(confirmedAt), zoneOf(view), view);
  const rows: LabelledRow[] = [
    [say.name, [id, ...(name === undefined ? [] : [showForeign(name)])].join(' · ')],
    [say.state, say[state]],
    [say.certificate, fingerprintGroups(recipient.fingerprint)],
    [say.subkey, fingerprintGroups(recipient.encryption_subkey)],
    [say.confirmed, say.confirmedText(showForeign(confirmedBy), confirmedOn)],
    ...recipient.allow.map(({ weakness, reason }): LabelledRow => [
      say.allowed,
      `${weakness}: ${showForeign(reason)}`,
    ]),
    ...recipient.endpoints.flatMap((endpoint) => endpointRows(endpoint, view)),
    ...traitRows(plannedEndpoint(recipient), view),
    ...algorithmReasons(recipient.endpoints).map((reason): LabelledRow => [say.allowed, reason]),
    [say.format, `${recipient.profile} · ${say.layout[recipient.layout]}`],
    [say.lists, say.listKind[recipient.lists]],
    [say.pickupTerm, recipient.pickup && termsText(recipient.pickup, view)],
    [say.deliveryHours, recipient.delivery_hours && hoursText(recipient.delivery_hours, view)],
    [
      say.answersLabel,
      recipient.answers &&
        [recipient.answers.format, termsText(recipient.answers, view)].filter(Boolean).join(' · '),
    ],
    [
      say.answersLabel,
      recipient.answers?.directory && say.answersFrom(showForeign(recipient.answers.directory)),
    ],
    [say.answersHours, recipient.answers?.hours && hoursText(recipient.answers.hours, view)],
    [say.answersLabel, countedFrom === undefined ? undefined : say.answersCountedFrom(countedFrom)],
    [say.answersLabel, takesClear(recipient) ? say.answersInClear : undefined],
    [say.tested, standing && testedText(standing, view)],
  ];
  return [...labelledLines(rows, view), '', ...hang('', say.callSheet)];
}

/** By when they answer or fetch; empty without terms. */
function termsText({ within_hours: hours, within_days: days }: AgreedTerms, view: View): string {
  const say = words[view.language];
  if (days !== undefined) {
    const term = say.withinDays[days.of](days.count);
    return days.cut_off === undefined ? term : say.cutOff(term, days.cut_off);
  }
  return hours === undefined ? '' : say.withinHours(hours);
}

/** In which hours `serve` calls on their server. */
function hoursText({ between, days, time_zone: zone }: OpenHours, view: View): string {
  return [between.join(', '), words[view.language].hoursOn[days], zone].join(' · ');
}

/** Why a weak algorithm is allowed: what a person said at the time. */
function algorithmReasons(endpoints: readonly Endpoint[]): string[] {
  return endpoints.flatMap((endpoint) =>
    endpoint.kind !== 'sftp'
      ? []
      : (endpoint.allow_algorithms ?? []).map(
          ({ algorithm, reason }) => `${algorithm}: ${showForeign(reason)}`,
        ),
  );
}

export interface SavedRecipient {
  readonly recipient: Recipient;
  /** `terms`: certificate, endpoint and profile are what they were. */
  readonly change: 'add' | 'update' | 'terms' | 'disable';
}

/** A recipient as it was just saved. No plan knows a new one yet; plans with one that changed no longer hold. */
export function recipientSavedScreen({ recipient, change }: SavedRecipient, view: View): string[] {
  const say = words[view.language];
  const told = change === 'disable' ? say.recipientDisabled : say.recipientSaved;
  const test = { command: say.test(recipient.id), label: say.beforeLive };
  const steps = {
    add: [
      { command: say.nextDoctor, label: say.nextDoctorLabel },
      test,
      { command: say.openIncident, label: say.nextIncidentLabel },
    ],
    update: [test],
    terms: [],
    disable: [],
  }[change];
  return [
    ...hang('', told(recipient.id)),
    '',
    ...recipientScreen(recipient, view),
    ...(change === 'add' || change === 'terms' ? [] : hang('', say.savedMeans)),
    ...(change === 'add' || change === 'update' ? hang('', say.readOut) : []),
    ...(steps.length === 0 ? [] : ['', ...nextLines(steps, view)]),
  ];
}

/** Where an endpoint is, in one line. */
export function placeOf(endpoint: Endpoint, view: View): string {
  if (endpoint.kind === 'manual')
    return words[view.language].folder(showForeign(endpoint.directory));
  if (endpoint.kind === 'pickup') return words[view.language].box;
  const { user, host, port, directory } = endpoint;
  const place = `${showForeign(user)}@${showForeign(host)}${port === 22 ? '' : `:${String(port)}`}`;
  return `sftp ${place} ${showForeign(directory)}`;
}

function endpointRows(endpoint: Endpoint, view: View): LabelledRow[] {
  const say = words[view.language];
  const place: LabelledRow = [say.endpoint, placeOf(endpoint, view)];
  if (endpoint.kind === 'manual') return [place];
  if (endpoint.kind === 'pickup') {
    return [
      place,
      ...endpoint.keys.map((key, at): LabelledRow => [
        at === 0 ? say.pickupKey : say.nextPickupKey,
        fingerprintOfLine(key),
      ]),
    ];
  }
  return [
    place,
    ...endpoint.host_keys.map((key, at): LabelledRow => [
      at === 0 ? say.hostKey : say.nextHostKey,
      key,
    ]),
    [
      say.login,
      `${say.loginBy[endpoint.authentication]} · ${endpoint.can_read_back ? say.readBackYes : say.readBackNo}`,
    ],
  ];
}
