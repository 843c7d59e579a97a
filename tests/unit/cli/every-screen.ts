// Every screen of the command line, drawn with data of one size.

import { parseLeaf, composeLeaf } from '../../../src/domain/audit/leaf.ts';
import { reasons } from '../../../src/domain/intake/reasons.ts';
import type { ListedFindings } from '../../../src/exchange/handoff/list-findings.ts';
import type { WorkspaceStatus } from '../../../src/exchange/status/workspace-status.ts';
import {
  auditTailScreen,
  auditVerdictScreen,
} from '../../../src/doors/cli/screens/audit-screen.ts';
import { importedOf } from './import-data.ts';
import { importedScreen } from '../../../src/doors/cli/screens/imported-screen.ts';
import { amendScreen, recalledScreen } from '../../../src/doors/cli/screens/amend-screen.ts';
import { anchorScreen } from '../../../src/doors/cli/screens/anchor-screen.ts';
import { binScreen, binsImportScreen } from '../../../src/doors/cli/screens/bins-screen.ts';
import { callSheetsFor } from '../../../src/doors/cli/screens/call-sheet.ts';
import {
  cancelScreen,
  decisionScreen,
  requestScreen,
} from '../../../src/doors/cli/screens/decision-screen.ts';
import { clockRecordedScreen, clocksScreen } from '../../../src/doors/cli/screens/clocks-screen.ts';
import { deliverScreen, settledScreen } from '../../../src/doors/cli/screens/deliver-screen.ts';
import { doctorScreen } from '../../../src/doors/cli/screens/doctor-screen.ts';
import { findingsScreen, heldScreen } from '../../../src/doors/cli/screens/findings-screen.ts';
import { handoffListScreen } from '../../../src/doors/cli/screens/handoff-list-screen.ts';
import { handoffScreen } from '../../../src/doors/cli/screens/handoff-screen.ts';
import {
  incidentListScreen,
  incidentScreen,
} from '../../../src/doors/cli/screens/incidents-screen.ts';
import { initScreen } from '../../../src/doors/cli/screens/init-screen.ts';
import { keySheetScreen } from '../../../src/doors/cli/screens/key-sheet-screen.ts';
import {
  peopleScreen,
  personAddedScreen,
  personDisabledScreen,
} from '../../../src/doors/cli/screens/people-screen.ts';
import { prepareScreen } from '../../../src/doors/cli/screens/prepare-screen.ts';
import { previewScreen } from '../../../src/doors/cli/screens/preview-screen.ts';
import {
  recipientSavedScreen,
  recipientScreen,
  recipientsScreen,
} from '../../../src/doors/cli/screens/recipients-screen.ts';
import { probeScreen } from '../../../src/doors/cli/screens/probe-screen.ts';
import {
  confirmedScreen,
  sentTestScreen,
} from '../../../src/doors/cli/screens/recipient-test-screen.ts';
import { testCallSheets } from '../../../src/doors/cli/screens/test-call-sheet.ts';
import { reviewScreen } from '../../../src/doors/cli/screens/review-screen.ts';
import { escalationsOf, serveScreens, serveStates } from './serve-data.ts';
import { statusScreen } from '../../../src/doors/cli/screens/status-screen.ts';
import {
  noticesExportScreen,
  noticesRecordScreen,
  noticesShowScreen,
} from '../../../src/doors/cli/screens/notices-screen.ts';
import { summaryScreen } from '../../../src/doors/cli/screens/summary-screen.ts';
import { recordScreen } from '../../../src/doors/cli/screens/word-lines.ts';
import { summariseHandoff } from '../../../src/exchange/handoff/summarise-handoff.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import { amendedOf, amendmentOf } from './amend-data.ts';
import { arrivalsOf } from './arrival-data.ts';
import { answerScreens } from './answer-data.ts';
import { waiverScreens } from './waiver-data.ts';
import { cardAnswerScreens, cardAnswersOf } from './card-answer-data.ts';
import { clocksOf, owedOf } from './clock-data.ts';
import { lookupScreens } from './lookup-data.ts';
import { readinessScreens } from './readiness-data.ts';
import { previewedOf, previewSourcesOf } from './preview-data.ts';
import { probedOf, sentTestOf, signedRowOf, testRowOf, testStates } from './partner-data.ts';
import { backupScreens, endingKeys } from './backup-data.ts';
import { helpScreens } from './help-data.ts';
import { configScreens, configurationOf } from './config-data.ts';
import { recallScreens } from './recall-data.ts';
import { recoveryScreens } from './recovery-data.ts';
import * as data from './screen-data.ts';
import type { Size } from './screen-data.ts';

const now = new Date('2020-04-10T17:14:00Z');
const vkey = `example-shop.example/mimamori/${'long-'.repeat(16)}drill+0123abcd+${'A'.repeat(44)}`;

/** Held and excluded records of every reason, more of them than a screen lists. */
export function findingsOf(size: Size): ListedFindings {
  return {
    row: data.handoffRow(size, 'undecided'),
    report: undefined,
    sources: data.sourcesOf(size),
    only: undefined,
    findings: reasons.flatMap(({ id, kind }) =>
      Array.from({ length: 12 }, (_, n) => ({
        source: n % 2,
        line: 1_000_000 + n,
        reason: id,
        kind,
      })),
    ),
  };
}

export function statusOf(size: Size): WorkspaceStatus {
  const batch = {
    ...{ batch: '1a9f3c', handoff: 'h7k2m9qa', recipient: size.id },
    cards: Math.floor(size.count),
  };
  const approved = { ...batch, state: 'approved', code: undefined } as const;
  const certificate = {
    kind: 'recipient',
    id: size.id,
    algorithm: 'RSA-4096',
    fingerprint: 'A'.repeat(40),
    expiresAt: now,
  } as const;
  return {
    mode: 'live',
    configuration: configurationOf(size),
    undecided: [true, false].map((isRequestSigned) => ({
      handoff: 'h9m1',
      incident: size.id,
      requester: size.id,
      since: data.handoffRow(size).preparedAt,
      isRequestSigned,
    })),
    onePerson: [false, true].map((isOverdue) => data.emergencyOf(size, isOverdue)),
    held: [{ handoff: 'h7k2m9qa', incident: size.id, records: 16 }],
    ready: [approved, { ...approved, isRecall: true }],
    attention: [
      { ...batch, state: 'presumed', code: 'outcome-unknown' },
      { ...batch, state: 'failed', code: 'remote-directory-missing' },
    ],
    unconfirmed: [{ ...batch, state: 'written', code: undefined }],
    unfetched: [{ ...batch, state: 'partly-read', code: undefined }],
    arrivals: arrivalsOf(size).status,
    numberGaps: cardAnswersOf(size).gaps,
    byWordOnly: data.wordsOf(size).map((word) => ({ ...batch, word })),
    uncovered: data.shownOf(size).uncovered,
    ...amendmentOf(size),
    certificates: [
      { ...certificate, daysLeft: 54, problem: undefined },
      { ...certificate, daysLeft: -1, problem: undefined },
      { ...certificate, daysLeft: 0, problem: 'certificate-revoked' },
    ],
    clocks: owedOf(size),
    ...{ notReady: [{ incident: size.id, open: 7 }], ownKeys: endingKeys(size) },
    retention: [-3, 12].map((daysLeft) => ({ incident: size.id, endsAt: now, daysLeft })),
    escalations: escalationsOf(size),
    serve: serveStates(batch.batch)['troubled']!,
    log: { entries: 1204, checkpointSize: 1200, anchor: 'forked' },
  };
}

export function tailOf(size: Size): Parameters<typeof auditTailScreen>[0] {
  const leaf = parseLeaf(
    composeLeaf(
      {
        actor: size.id,
        act: 'handoff-prepare-refused',
        result: 'refused',
        origin: 'cli:host',
        object: `incident:${size.id}`,
        data: { incident: size.id, code: 'spreadsheet-damaged-source' },
      },
      new Uint8Array(16),
      now,
    ),
  );
  return {
    entries: [{ number: 1_203, leaf, texts: { reason: size.text } }],
    timeZone: 'Asia/Tokyo',
  };
}

const breach = {
  holds: false,
  kind: 'checkpoint-inconsistent',
  index: 12,
  size: 40,
  detail: {},
} as const;

type Screens = Readonly<Record<string, readonly string[]>>;

/** Screens by name. */
export function everyScreen(size: Size, view: View): Screens {
  return {
    ...prepareScreens(size, view),
    ...recallScreens(size, view),
    ...handoffScreens(size, view),
    ...decisionScreens(size, view),
    ...personScreens(size, view),
    ...registerScreens(size, view),
    ...workspaceScreens(size, view),
    ...readyScreens(size, view),
    ...answerScreens(size, view),
    ...waiverScreens(size, view),
    ...cardAnswerScreens(size, view, data.shownOf(size)),
    ...logScreens(size, view),
    ...backupScreens(size, view),
    ...helpScreens(view),
    ...configScreens(size, view),
    ...keyScreens(size, view),
  };
}

function prepareScreens(size: Size, view: View): Screens {
  const prepared = data.preparedOf(size);
  const { plan: _plan, ...dry } = prepared;
  const recipients = [data.recipientOf(size)];
  const certificates = { [size.id]: { algorithm: 'RSA-4096', endsOn: '2028-03-01' } };
  return {
    prepare: prepareScreen(
      { prepared, recipients, certificates, isRequested: true, elapsedMs: 1230 },
      view,
    ),
    preview: previewScreen(previewedOf(size), previewSourcesOf(size), view),
    unsigned: prepareScreen({ prepared, recipients, isRequested: false, elapsedMs: 83_000 }, view),
    dryRun: prepareScreen(
      { prepared: dry, recipients, certificates, isRequested: false, elapsedMs: 1230 },
      view,
    ),
  };
}

function handoffScreens(size: Size, view: View): Screens {
  const row = data.handoffRow(size);
  const batches = data.batchesOf(size);
  const found = findingsOf(size);
  const held = { ...found, findings: found.findings.filter(({ kind }) => kind === 'held') };
  return {
    show: handoffScreen(data.shownOf(size), view),
    onePerson: handoffScreen(
      {
        ...data.shownOf(size, 'undecided'),
        row: { ...data.handoffRow(size, 'undecided'), emergency: data.emergencyOf(size, true) },
      },
      view,
    ),
    undecided: handoffScreen(data.shownOf(size, 'undecided'), view),
    list: handoffListScreen([{ row, batches }], view),
    emptyList: handoffListScreen([], view),
    review: reviewScreen(data.shownOf(size, 'undecided'), view),
    findings: findingsScreen(found, view),
    held: heldScreen(held, view),
  };
}

function decisionScreens(size: Size, view: View): Screens {
  const row = data.handoffRow(size);
  const batches = data.batchesOf(size);
  const decided = { row, batches, by: size.id };
  const path = `/home/${size.id}/workspace/data/handoffs/h7k2m9qa/approve-${size.id}.json`;
  return {
    request: requestScreen(row, view),
    approve: decisionScreen(
      { ...decided, decided: { state: 'approve', approvals: 1, required: 1 } },
      view,
    ),
    waiting: decisionScreen(
      { ...decided, decided: { state: 'waiting', approvals: 1, required: 2 } },
      view,
    ),
    decline: decisionScreen(
      { ...decided, decided: { state: 'decline', approvals: 0, required: 1 } },
      view,
    ),
    statement: decisionScreen(
      { ...decided, decided: { state: 'statement', path, signaturePath: `${path}.sig` } },
      view,
    ),
    cancel: cancelScreen(row, batches, view),
    deliver: deliverScreen({ delivered: data.deliveredOf(size), batches, isServed: false }, view),
    ...Object.fromEntries(
      batches.map((batch) => [`settled ${batch.id}`, settledScreen(batch, view)]),
    ),
  };
}

function personScreens(size: Size, view: View): Screens {
  const { exported, recorded } = data.noticesOf(size);
  return {
    recordWord: recordScreen(data.batchesOf(size)[0]!, data.wordsOf(size), view, 'Asia/Tokyo'),
    ...lookupScreens(size, view),
    ...readinessScreens(size, view),
    summary: summaryScreen(summariseHandoff(data.shownOf(size)), now, view),
    noticesExport: noticesExportScreen(exported, `/home/${size.text}/list.csv`, view),
    noticesOfSeveral: noticesExportScreen({ ...exported, orders: undefined }, 'list.csv', view),
    noticesRecord: noticesRecordScreen(recorded, view),
    noticesShow: noticesShowScreen(recorded.progress, view),
  };
}

function registerScreens(size: Size, view: View): Screens {
  const recipient = data.recipientOf(size);
  const recipients = [recipient];
  const officer = data.officerOf(size);
  const certificate = data.certificateOf(size);
  const incident = {
    incident: data.incidentOf(size),
    state: 'open',
    documentSha256: data.sha256,
    openedAt: now,
    wrappedKey: undefined,
    nextReference: 1,
  } as const;
  return {
    anchor: anchorScreen(
      { added: 3, checkpoints: 1204, checkpoint: { size: 1204, note: '' } },
      view,
    ),
    recipients: recipientsScreen(recipients, view),
    noRecipients: recipientsScreen([], view),
    recipient: recipientScreen(recipient, view),
    ...Object.fromEntries(
      (['add', 'update', 'terms', 'disable'] as const).map((change) => [
        `recipient ${change}`,
        recipientSavedScreen({ recipient, change }, view),
      ]),
    ),
    ...partnerScreens(size, view),
    officers: peopleScreen({ kind: 'officer', people: [officer] }, view),
    noSenders: peopleScreen({ kind: 'sender', people: [] }, view),
    officerAdded: personAddedScreen(
      { kind: 'officer', id: size.id, name: officer.name, certificate },
      view,
    ),
    senderAdded: personAddedScreen(
      { kind: 'sender', id: size.id, name: officer.name, certificate },
      view,
    ),
    disabled: personDisabledScreen({ kind: 'officer', id: size.id }, view),
    incidents: incidentListScreen([incident], owedOf(size), view),
    incident: incidentScreen(incident, clocksOf(size), view),
    amended: amendScreen(amendedOf(size, false), view),
    amendDryRun: amendScreen(amendedOf(size, true), view),
    amendUnchanged: amendScreen(
      { ...amendedOf(size, false), changes: { fields: [], windows: [] } },
      view,
    ),
    imported: importedScreen(importedOf(size), false, view),
    recalledUntold: recalledScreen({ ...amendmentOf(size).recalls[0]!, cards: 0 }, view),
    recalled: recalledScreen(amendmentOf(size).recalls[0]!, view),
    clocks: clocksScreen(clocksOf(size), view),
    recorded: clockRecordedScreen(clocksOf(size), 'window-set', view),
    settled: clockRecordedScreen(clocksOf(size), 'visa-notice', view),
    binsImport: binsImportScreen(
      { ranges: 600_000, table: data.sha256, replaced: data.sha256 },
      view,
    ),
    binsFirst: binsImportScreen({ ranges: 1, table: data.sha256, replaced: undefined }, view),
    bin: binScreen(
      { bin: '41111111', answer: { brand: 'visa', issuer: size.text, country: 'JP' } },
      view,
    ),
  };
}

function partnerScreens(size: Size, view: View): Screens {
  const recipient = data.recipientOf(size);
  const sheets = testCallSheets(testRowOf(size), recipient);
  return {
    ...Object.fromEntries(
      (['stored', 'presumed', 'failed'] as const).map((state) => [
        `test ${state}`,
        sentTestScreen(sentTestOf(size, state), view),
      ]),
    ),
    ...Object.fromEntries(
      testStates.map((state) => [
        `recipient ${state}`,
        recipientScreen(recipient, view, {
          isTested: state === 'read-back',
          test: testRowOf(size, state),
        }),
      ]),
    ),
    untested: recipientScreen(recipient, view, { isTested: false, test: undefined }),
    changedSince: recipientScreen(recipient, view, { isTested: false, test: testRowOf(size) }),
    confirmed: confirmedScreen(testRowOf(size), recipient, view),
    answered: confirmedScreen(signedRowOf(size), recipient, view),
    testSheet: sheets.find(({ language }) => language === view.language)!.text.split('\n'),
    probe: probeScreen(probedOf(size, false), view),
    probeOld: probeScreen(probedOf(size, true), view),
  };
}

function workspaceScreens(size: Size, view: View): Screens {
  return {
    status: statusScreen({ status: statusOf(size), now, timeZone: 'Asia/Tokyo' }, view),
    ...serveScreens(statusOf(size), view),
    doctor: doctorScreen(
      [
        { check: 'node', verdict: 'ok', facts: { version: '24.21.0', sqlite: '3.53.2' } },
        {
          check: 'private-files',
          verdict: 'failed',
          facts: { files: Array.from({ length: 20 }, () => `keys/${size.id}`) },
        },
        {
          check: 'certificate',
          verdict: 'warning',
          facts: { kind: 'recipient', id: size.id, daysLeft: 54 },
        },
        {
          check: 'officers',
          verdict: 'warning',
          facts: { officers: 1, approvers: 0, required: 1 },
        },
        { check: 'anchor', verdict: 'failed', facts: { anchor: 'forked' } },
        { check: 'of-tomorrow', verdict: 'failed', facts: {} },
      ],
      view,
    ),
  };
}

/** Each check of `doctor --ready`, once fine and once not. */
function readyScreens(size: Size, view: View): Screens {
  const facts = {
    ...{ id: size.id, daysLeft: 54, days: 200, bytes: 1_200_000, needed: 2_000_000_000 },
    ...{
      now: now.toISOString(),
      problem: 'secret-readable-by-others',
      file: `/home/${size.id}/passphrase`,
    },
    ...{ path: `/home/${size.id}/orders.csv`, by: 'Dropbox' },
  };
  const places = ['workspace-place', 'source-place'].flatMap((place) =>
    ['', '-unseen', '-synced', '-network', '-open-to-all', '-encryption-not-seen'].map(
      (problem) => place + problem,
    ),
  );
  const names = [
    ...['recipient-tested', 'recipient-profile', 'our-key', 'issuer-table', 'clock'],
    ...['passphrase', 'free-space', ...places],
  ];
  return Object.fromEntries(
    (['ok', 'failed'] as const).map((verdict) => [
      `doctorReady-${verdict}`,
      doctorScreen(
        names.map((check) => ({ check, verdict, facts })),
        view,
        'tonight',
      ),
    ]),
  );
}

function logScreens(size: Size, view: View): Screens {
  const root = new Uint8Array(32);
  return {
    verify: auditVerdictScreen(
      {
        verdict: { holds: true, entries: 1204, root, signedTo: 1204, anchoredTo: 0 },
        vkey,
        given: 1,
      },
      view,
    ),
    breach: auditVerdictScreen({ verdict: breach, vkey, given: 0 }, view),
    tail: auditTailScreen(tailOf(size), view),
    ...recoveryScreens(size, view),
  };
}

function keyScreens(size: Size, view: View): Screens {
  const certificate = data.certificateOf(size);
  const [batch] = data.batchesOf(size);
  return {
    keySheet: keySheetScreen(
      {
        organisation: size.text,
        contact: size.text,
        mode: 'drill',
        ...{ certificate, retiring: certificate },
        sftpFingerprint: `SHA256:${'A'.repeat(43)}`,
        vkey,
        timeZone: 'Asia/Tokyo',
        at: now,
      },
      view,
    ),
    init: initScreen(
      {
        id: 'drill-1',
        directory: `/srv/${size.id}`,
        mode: 'drill',
        openpgpFingerprint: 'A'.repeat(40),
        sftpFingerprint: `SHA256:${'A'.repeat(43)}`,
        vkey,
      },
      view,
    ),
    callSheet: callSheetsFor(data.handoffRow(size), batch!, data.recipientOf(size))
      .find(({ language }) => language === view.language)!
      .text.trimEnd()
      .split('\n'),
  };
}
