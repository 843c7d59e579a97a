import { describe, expect, it } from 'vitest';
import type { z } from 'zod';

import * as audit from '../../../src/doors/cli/outputs/audit.ts';
import * as auditFiles from '../../../src/doors/cli/outputs/audit-files.ts';
import * as backup from '../../../src/doors/cli/outputs/backup.ts';
import * as purge from '../../../src/doors/cli/outputs/purge.ts';
import * as bins from '../../../src/doors/cli/outputs/bins.ts';
import * as clocks from '../../../src/doors/cli/outputs/clocks.ts';
import * as config from '../../../src/doors/cli/outputs/config.ts';
import * as decision from '../../../src/doors/cli/outputs/decision.ts';
import * as delivery from '../../../src/doors/cli/outputs/delivery.ts';
import * as handoff from '../../../src/doors/cli/outputs/handoff.ts';
import * as incidents from '../../../src/doors/cli/outputs/incidents.ts';
import * as purgedIncident from '../../../src/doors/cli/outputs/purged-incident.ts';
import * as keyLife from '../../../src/doors/cli/outputs/key-life.ts';
import * as hostKeyLife from '../../../src/doors/cli/outputs/host-key-life.ts';
import * as logKeyLife from '../../../src/doors/cli/outputs/log-key-life.ts';
import * as credential from '../../../src/doors/cli/outputs/credential.ts';
import * as keyList from '../../../src/doors/cli/outputs/key-list.ts';
import * as keys from '../../../src/doors/cli/outputs/keys.ts';
import * as notices from '../../../src/doors/cli/outputs/notices.ts';
import * as summary from '../../../src/doors/cli/outputs/summary.ts';
import { summariseHandoff } from '../../../src/exchange/handoff/summarise-handoff.ts';
import * as people from '../../../src/doors/cli/outputs/people.ts';
import * as prepare from '../../../src/doors/cli/outputs/prepare.ts';
import { previewDocument, previewSchema } from '../../../src/doors/cli/outputs/preview.ts';
import * as probe from '../../../src/doors/cli/outputs/probe.ts';
import * as lookup from '../../../src/doors/cli/outputs/lookup.ts';
import * as readiness from '../../../src/doors/cli/outputs/readiness.ts';
import * as responses from '../../../src/doors/cli/outputs/responses.ts';
import { servedDocument, servedSchema } from '../../../src/doors/cli/outputs/serve.ts';
import * as recipients from '../../../src/doors/cli/outputs/recipients.ts';
import * as workspace from '../../../src/doors/cli/outputs/workspace.ts';
import { answersOf } from './answer-data.ts';
import { waiverOutputs } from './waiver-data.ts';
import { cardAnswerOutputs, cardAnswersOf } from './card-answer-data.ts';
import { purgedIncidentOf } from './purged-data.ts';
import {
  heldKeys,
  keysSeenAt,
  retiredHostKey,
  retiredLogKey,
  retiredOpenpgpKey,
  rotatedKey,
  rotatedHostKey,
  rotatedLogKey,
  rotatedOpenpgpKey,
} from './key-data.ts';
import { kitDocument, kitSchema } from '../../../src/doors/cli/outputs/kit.ts';
import { exportedOf, kitOf, proofsOf } from './log-data.ts';
import { backupOf, heldOf, purgedOf, restoredOf } from './backup-data.ts';
import { findingsOf, statusOf, tailOf } from './every-screen.ts';
import { clocksOf, owedOf } from './clock-data.ts';
import { approvedOf, changesOf, historyOf, proposedOf } from './config-data.ts';
import { probedOf, sentTestOf, signedRowOf, testRowOf } from './partner-data.ts';
import * as data from './screen-data.ts';
import { ordinary, worst } from './screen-data.ts';
import { foundOf, severalOf } from './lookup-data.ts';
import { recallOutputs } from './recall-data.ts';
import { recoveryOf, recoveryOutputs } from './recovery-data.ts';
import { readinessOf, readyOf } from './readiness-data.ts';
import { previewedOf, previewSourcesOf } from './preview-data.ts';
import type { Size } from './screen-data.ts';

const at = new Date('2020-04-10T00:00:00Z');

/** Every document with the schema it is promised to have. */
function documents(size: Size): Record<string, readonly [z.ZodType, unknown]> {
  const row = data.handoffRow(size);
  const batches = data.batchesOf(size);
  const shown = data.shownOf(size);
  const { plan: _plan, ...dry } = data.preparedOf(size);
  const decided = { row, batches, by: size.id };
  const recipient = data.recipientOf(size);
  const officer = data.officerOf(size);
  const certificate = data.certificateOf(size);
  const incident = {
    incident: data.incidentOf(size),
    state: 'open',
    documentSha256: data.sha256,
    openedAt: at,
    wrappedKey: new Uint8Array(8),
    nextReference: 1,
  } as const;
  const holds = {
    holds: true,
    entries: 12,
    root: new Uint8Array(32),
    signedTo: 12,
    anchoredTo: 0,
  } as const;
  const breach = { holds: false, kind: 'leaf-altered', index: 3, detail: {} } as const;
  const vkey = 'example+0123abcd+AAAA';
  const made = {
    id: 'drill-1',
    directory: '/srv/w',
    mode: 'drill',
    openpgpFingerprint: 'A'.repeat(40),
    sftpFingerprint: `SHA256:${'A'.repeat(43)}`,
    vkey,
  } as const;
  return {
    lookup: [lookup.lookupSchema, lookup.lookupDocument(foundOf(size))],
    lookupOfSeveral: [lookup.lookupSchema, lookup.lookupDocument(severalOf(size))],
    lookupInVain: [lookup.lookupSchema, lookup.lookupDocument({ ...foundOf(size), hits: [] })],
    readiness: [readiness.readinessSchema, readiness.readinessDocument(readinessOf(size))],
    ready: [readiness.readinessSchema, readiness.readinessDocument(readyOf(size))],
    prepare: [prepare.prepareSchema, prepare.prepareDocument(data.preparedOf(size))],
    dryRun: [prepare.prepareSchema, prepare.prepareDocument(dry)],
    preview: [previewSchema, previewDocument(previewedOf(size), previewSourcesOf(size))],
    ...recallOutputs(size),
    list: [handoff.handoffsSchema, handoff.handoffsDocument([{ row, batches }])],
    show: [handoff.handoffSchema, handoff.handoffDocument(shown)],
    review: [handoff.reviewSchema, handoff.reviewDocument(shown)],
    findings: [handoff.findingsSchema, handoff.findingsDocument(findingsOf(size))],
    request: [decision.requestSchema, decision.requestDocument(row)],
    approve: [
      decision.decisionSchema,
      decision.decisionDocument({
        ...decided,
        decided: { state: 'approve', approvals: 1, required: 1 },
      }),
    ],
    statement: [
      decision.decisionSchema,
      decision.decisionDocument({
        ...decided,
        decided: { state: 'statement', path: '/a', signaturePath: '/a.sig' },
      }),
    ],
    anchor: [
      audit.anchorSchema,
      audit.anchorDocument({ added: 1, checkpoints: 2, checkpoint: { size: 12, note: 'note' } }),
    ],
    kit: [kitSchema, kitDocument(kitOf(size), '/mnt/x')],
    ...Object.fromEntries(
      proofsOf(size).map((verdict, at) => [
        `proof ${at}`,
        [auditFiles.proofVerdictSchema, auditFiles.proofVerdictDocument({ verdict, vkey })],
      ]),
    ),
    proven: [
      auditFiles.proveSchema,
      auditFiles.proveDocument({
        ...{ index: 7, size: 9, proof: new Uint8Array(3), entry: new Uint8Array(2) },
      }),
    ],
    export: [auditFiles.exportSchema, auditFiles.exportDocument(exportedOf(size), '/mnt/x')],
    configDiff: [
      config.configDiffSchema,
      config.configDiffDocument({ inForce: data.sha256, changes: changesOf(size) }),
    ],
    ...Object.fromEntries(
      proposedOf(size).map((made) => [
        `configPropose ${made.state}`,
        [config.configProposeSchema, config.configProposeDocument(made)] as const,
      ]),
    ),
    ...Object.fromEntries(
      approvedOf(size).map((made) => [
        `configApprove ${made.state}`,
        [config.configApproveSchema, config.configApproveDocument(made)] as const,
      ]),
    ),
    configDrop: [config.configDropSchema, config.configDropDocument(historyOf(size)[0]!.version)],
    configShow: [
      config.configShowSchema,
      config.configShowDocument({ ...historyOf(size)[0]!, changes: changesOf(size) }),
    ],
    configHistory: [config.configHistorySchema, config.configHistoryDocument(historyOf(size))],
    backup: [backup.backupSchema, backup.backupDocument(backupOf(size), '/mnt/x')],
    purgedIncident: [
      purgedIncident.purgedIncidentSchema,
      purgedIncident.purgedIncidentDocument(purgedIncidentOf(size)),
    ],
    purged: [purge.purgeSchema, purge.purgeDocument(purgedOf(size), 'orders.csv')],
    restored: [backup.restoreSchema, backup.restoreDocument(restoredOf(size), '/srv/w')],
    restoredBehind: [backup.restoreSchema, backup.restoreDocument(heldOf(size), '/srv/w')],
    record: [delivery.recordSchema, delivery.recordDocument(batches[0]!, data.wordsOf(size))],
    summary: [summary.summarySchema, summary.summaryDocument(summariseHandoff(shown))],
    answer: [responses.responseSchema, responses.responseDocument(answersOf(size).shown)],
    answers: [responses.responsesSchema, responses.responsesDocument(cardAnswersOf(size).listed)],
    ...cardAnswerOutputs(size),
    ...waiverOutputs(size),
    answerTaken: [
      responses.responseImportSchema,
      responses.responseImportDocument(answersOf(size).imported),
    ],
    answerSettled: [
      responses.responseSettleSchema,
      responses.responseSettleDocument(answersOf(size).settled),
    ],
    noticesExport: [
      notices.noticesExportSchema,
      notices.noticesExportDocument(data.noticesOf(size).exported),
    ],
    noticesRecord: [
      notices.noticesRecordSchema,
      notices.noticesRecordDocument(data.noticesOf(size).recorded),
    ],
    noticesShow: [
      notices.noticeProgressSchema,
      notices.noticeProgressDocument(data.noticesOf(size).recorded.progress),
    ],
    cancel: [
      decision.cancelSchema,
      decision.cancelDocument({ ...row, outcome: 'cancel' }, batches),
    ],
    deliver: [
      delivery.deliverSchema,
      delivery.deliverDocument({ delivered: data.deliveredOf(size), batches, isServed: false }),
    ],
    settled: [delivery.settledSchema, delivery.batchDocument(batches[0]!)],
    recipient: [recipients.recipientSchema, recipients.recipientDocument(recipient)],
    recipients: [recipients.recipientsSchema, recipients.recipientsDocument([recipient])],
    shownRecipient: [
      recipients.shownRecipientSchema,
      recipients.shownRecipientDocument(recipient, { isTested: true, test: testRowOf(size) }),
    ],
    untested: [
      recipients.shownRecipientSchema,
      recipients.shownRecipientDocument(recipient, { isTested: false, test: undefined }),
    ],
    sentTest: [recipients.sentTestSchema, recipients.sentTestDocument(sentTestOf(size, 'stored'))],
    lostTest: [recipients.sentTestSchema, recipients.sentTestDocument(sentTestOf(size, 'failed'))],
    answered: [recipients.testSchema, recipients.testDocument(signedRowOf(size))],
    readBack: [recipients.testSchema, recipients.testDocument(testRowOf(size))],
    probe: [probe.probeSchema, probe.probeDocument(probedOf(size, false))],
    probeOld: [probe.probeSchema, probe.probeDocument(probedOf(size, true))],
    officers: [people.peopleSchema, people.peopleDocument({ kind: 'officer', people: [officer] })],
    person: [
      people.personSchema,
      people.personDocument({ kind: 'officer', id: size.id, state: 'enabled', certificate }),
    ],
    incident: [incidents.incidentSchema, incidents.incidentDocument(incident, clocksOf(size))],
    incidents: [incidents.incidentsSchema, incidents.incidentsDocument([incident], owedOf(size))],
    clocks: [clocks.clocksSchema, clocks.clocksDocument(clocksOf(size))],
    binsImport: [
      bins.binsImportSchema,
      bins.binsImportDocument({ ranges: 3, table: data.sha256, replaced: undefined }),
    ],
    bin: [
      bins.binSchema,
      bins.binDocument({ bin: '411111', answer: { brand: 'visa', issuer: '', country: '' } }),
    ],
    status: [workspace.statusSchema, workspace.statusDocument(statusOf(size))],
    doctor: [
      workspace.doctorSchema,
      workspace.doctorDocument([
        { check: 'log', verdict: 'failed', facts: { breach: 'x', files: ['a'], n: 1 } },
      ]),
    ],
    init: [workspace.initSchema, workspace.initDocument(made)],
    holds: [audit.auditVerdictSchema, audit.auditVerdictDocument({ verdict: holds, vkey })],
    breach: [audit.auditVerdictSchema, audit.auditVerdictDocument({ verdict: breach, vkey })],
    recovered: [
      audit.auditVerdictSchema,
      audit.auditVerdictDocument({ verdict: { ...holds, recoveries: [recoveryOf(size)] }, vkey }),
    ],
    ...recoveryOutputs(size),
    served: [servedSchema, servedDocument(new Date(0))],
    tail: [audit.auditTailSchema, audit.auditTailDocument(tailOf(size).entries)],
    credentialCreate: [
      credential.credentialCreateSchema,
      credential.credentialCreateDocument(size.text),
    ],
    credentialRevoke: [credential.credentialRevokeSchema, credential.credentialRevokeDocument()],
    keyRotate: [keyLife.keyRotateSchema, keyLife.keyRotateDocument(rotatedKey)],
    keyRotateOpenpgp: [keyLife.keyRotateSchema, keyLife.keyRotateDocument(rotatedOpenpgpKey)],
    keyRetire: [keyLife.keyRetireSchema, keyLife.keyRetireDocument(retiredOpenpgpKey)],
    hostKeyRotate: [
      hostKeyLife.hostKeyRotateSchema,
      hostKeyLife.hostKeyRotateDocument(rotatedHostKey),
    ],
    hostKeyRetire: [
      hostKeyLife.hostKeyRetireSchema,
      hostKeyLife.hostKeyRetireDocument(retiredHostKey),
    ],
    logKeyRotate: [logKeyLife.logKeyRotateSchema, logKeyLife.logKeyRotateDocument(rotatedLogKey)],
    logKeyRetire: [logKeyLife.logKeyRetireSchema, logKeyLife.logKeyRetireDocument(retiredLogKey)],
    keyList: [keyList.keyListSchema, keyList.keyListDocument(heldKeys(size), keysSeenAt)],
    key: [keys.keySchema, keys.keyDocument('log', vkey)],
    keySheet: [
      keys.keySheetSchema,
      keys.keySheetDocument({
        organisation: size.text,
        contact: undefined,
        mode: 'live',
        certificate,
        retiring: certificate,
        sftpFingerprint: made.sftpFingerprint,
        vkey,
        timeZone: 'UTC',
        at,
      }),
    ],
  };
}

describe.each([
  ['ordinary', ordinary],
  ['worst', worst],
] as const)('documents of %s data', (_name, size) => {
  it.each(Object.entries(documents(size)))(
    '%s is what its schema promises, also as text',
    (_document, [schema, document]) => {
      expect(schema.parse(document)).toEqual(document);
      const text = JSON.stringify(document);
      expect(schema.parse(JSON.parse(text))).toEqual(JSON.parse(text));
      expect(text).not.toContain('null');
    },
  );
});

describe('prepareDocument()', () => {
  const document = prepare.prepareDocument(data.preparedOf(ordinary));

  it('has the members that the design promises', () => {
    const promised =
      'handoff incident mode read cards references excluded held warnings batches planSha256 reviewSha256';
    expect(Object.keys(document)).toEqual(expect.arrayContaining(promised.split(' ')));
    expect(Object.keys(document.batches[0]!)).toEqual([
      'batch',
      'recipient',
      'file',
      'bytes',
      'sha256',
      'cards',
      'issuers',
    ]);
  });

  it('holds counts that add up', () => {
    const sum = (counts: Record<string, number>): number =>
      Object.values(counts).reduce((a, b) => a + b, 0);
    expect(document.cards + sum(document.excluded) + sum(document.held)).toBe(document.read);
  });

  it('passes no truncated number on', () => {
    expect(JSON.stringify(document)).not.toContain('******');
  });

  it('says that a dry run was one, and has no digest of what does not exist', () => {
    const { plan: _plan, ...dry } = data.preparedOf(ordinary);
    const made = prepare.prepareDocument(dry);
    expect(made.dryRun).toBe(true);
    expect(made).not.toHaveProperty('planSha256');
  });

  it.each([
    ['an unknown member', { ...document, extra: 1 }],
    ['a fraction of a card', { ...document, cards: 0.5 }],
    ['a digest that is none', { ...document, planSha256: 'abc' }],
  ])('has a schema that refuses %s', (_what, wrong) => {
    expect(prepare.prepareSchema.safeParse(wrong).success).toBe(false);
  });
});
