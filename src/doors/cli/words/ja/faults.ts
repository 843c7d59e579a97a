import type { FaultCode } from '../../fault-codes.ts';
import type { FaultWords } from '../fault-words.ts';
import { certificateFaults } from './certificate-faults.ts';
import { decisionFaults } from './decision-faults.ts';
import { deliveryFaults } from './delivery-faults.ts';
import { demoFaults } from './demo-faults.ts';
import { incidentFaults } from './incident-faults.ts';
import { intakeFaults } from './intake-faults.ts';
import { keyFaults } from './key-faults.ts';
import { logFaults } from './log-faults.ts';
import { sealedSourceFaults } from './sealed-source-faults.ts';
import { workspaceFaults } from './workspace-faults.ts';

/** Japanese words for every fault code. A code without words does not compile. */
export const faultWords: Readonly<Record<FaultCode, FaultWords>> = {
  ...certificateFaults,
  ...decisionFaults,
  ...deliveryFaults,
  ...demoFaults,
  ...incidentFaults,
  ...intakeFaults,
  ...keyFaults,
  ...logFaults,
  ...sealedSourceFaults,
  ...workspaceFaults,
};
