// Data for the screens about testing and probing a recipient.

import type { RecipientTestState } from '../../../src/domain/recipients/recipient-test.ts';
import type { Probed } from '../../../src/exchange/recipients/probe-recipient.ts';
import { DeliveryFault } from '../../../src/exchange/delivery/delivery-errors.ts';
import type { RecipientTestRow } from '../../../src/exchange/recipients/recipient-tests.ts';
import type { SentTest } from '../../../src/exchange/recipients/send-recipient-test.ts';
import { recipientOf, sha256 } from './screen-data.ts';
import type { Size } from './screen-data.ts';

const at = new Date('2020-04-09T17:14:00Z');

export const testStates = [
  ...['unsent', 'awaiting-answer', 'read-back', 'misread', 'superseded'],
] as RecipientTestState[];

export function testRowOf(size: Size, state: RecipientTestState = 'read-back'): RecipientTestRow {
  const { id, fingerprint, profile } = recipientOf(size);
  return {
    ...{ id: 'd4bf46ecb8', recipient: id, combination: sha256, fingerprint, profile },
    ...{ file: 'test-d4bf46ecb8.pgp', bytes: 1_600, sha256, madeAt: at, state, misreadings: 0 },
    wrappedAnswer: new Uint8Array(40),
    ...(state === 'read-back'
      ? { answer: { by: size.text, phone: '+81 3 0000 0000', spokenAt: at } }
      : {}),
  };
}

/** Answered by file in place of a voice. */
export function signedRowOf(size: Size): RecipientTestRow {
  const { answer: _answer, ...row } = testRowOf(size);
  return { ...row, signed: { sha256, takenAt: at } };
}

export function sentTestOf(size: Size, state: 'stored' | 'presumed' | 'failed'): SentTest {
  const fault = new DeliveryFault('remote-directory-missing', {
    ...{ host: 'sftp.psp.example', directory: `/incoming/${'deep/'.repeat(40)}end` },
  });
  return {
    test: testRowOf(size),
    recipient: recipientOf(size),
    report: { batch: 'd4bf46ecb8', state, attempts: 1, ...(state === 'failed' ? { fault } : {}) },
    hasArrived: state !== 'failed',
  };
}

export function probedOf(size: Size, isOld: boolean): Probed {
  const names = Array.from(
    { length: size.list },
    (_, n) => `mimamori-probe-h7k2m9qa-w${String(n)}`,
  );
  return {
    recipient: recipientOf(size),
    directory: `/incoming/${'deep/'.repeat(40)}probe`,
    findings: {
      ...{ hostKey: `SHA256:${'A'.repeat(43)}`, isCreateExclusive: !isOld, canSync: !isOld },
      ...{ readBack: isOld ? 'different' : 'same', canLook: !isOld, canList: !isOld },
      takesDotNames: !isOld,
      ...{ canRename: !isOld, renameOntoExisting: isOld ? 'overwrites' : 'refused' },
      freeBytes: isOld ? undefined : 21_000_000_000,
      limits: isOld ? undefined : { readBytes: 261_120, writeBytes: 261_120, openHandles: 1_019 },
      ...{ writeBytesMax: isOld ? 0 : 261_120, left: isOld ? names : [] },
    },
    traits: {
      ...{ can_list: !isOld, can_read_back: !isOld, rename: isOld ? 'none' : 'plain' },
      ...(isOld ? { temporary_name: '{name}.{attempt}-{fence}.tmp' } : {}),
    },
  };
}
