import type { FaultCode } from '../../fault-codes.ts';
import type { FaultWords } from '../fault-words.ts';
import { answerFaults } from './answer-faults.ts';
import { backupFaults } from './backup-faults.ts';
import { broughtFaults } from './brought-faults.ts';
import { certificateFaults } from './certificate-faults.ts';
import { configFaults } from './config-faults.ts';
import { decisionFaults } from './decision-faults.ts';
import { deliveryFaults } from './delivery-faults.ts';
import { demoFaults } from './demo-faults.ts';
import { emergencyFaults } from './emergency-faults.ts';
import { incidentFaults } from './incident-faults.ts';
import { intakeFaults } from './intake-faults.ts';
import { keyFaults } from './key-faults.ts';
import { logFaults } from './log-faults.ts';
import { lookupFaults } from './lookup-faults.ts';
import { readinessFaults } from './readiness-faults.ts';
import { oldReceiverFaults } from './old-receiver-faults.ts';
import { pickupFaults } from './pickup-faults.ts';
import { purgeFaults } from './purge-faults.ts';
import { recoveryFaults } from './recovery-faults.ts';
import { recallFaults } from './recall-faults.ts';
import { recipientFaults } from './recipient-faults.ts';
import { noticesFaults } from './notices-faults.ts';
import { responseFaults } from './response-faults.ts';
import { sealedSourceFaults } from './sealed-source-faults.ts';
import { stageFaults } from './stage-faults.ts';
import { stateFaults } from './state-faults.ts';
import { storeFaults } from './store-faults.ts';
import { waiverFaults } from './waiver-faults.ts';
import { wordFaults } from './word-faults.ts';
import { workspaceFaults } from './workspace-faults.ts';

/** English words for every fault code. A code without words does not compile. */
export const faultWords: Readonly<Record<FaultCode, FaultWords>> = {
  ...answerFaults,
  ...backupFaults,
  ...broughtFaults,
  ...certificateFaults,
  ...configFaults,
  ...decisionFaults,
  ...stateFaults,
  ...storeFaults,
  ...deliveryFaults,
  ...demoFaults,
  ...emergencyFaults,
  ...incidentFaults,
  ...intakeFaults,
  ...keyFaults,
  ...logFaults,
  ...lookupFaults,
  ...readinessFaults,
  ...oldReceiverFaults,
  ...pickupFaults,
  ...purgeFaults,
  ...recoveryFaults,
  ...recallFaults,
  ...recipientFaults,
  ...noticesFaults,
  ...responseFaults,
  ...sealedSourceFaults,
  ...stageFaults,
  ...waiverFaults,
  ...wordFaults,
  ...workspaceFaults,
};
