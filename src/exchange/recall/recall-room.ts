import type { RecallBasis } from '../../domain/recalls/recall-basis.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import type { LoadedConfiguration } from '../configuration/configuration.ts';
import type { BatchIssuer, RoutedRecipient } from '../handoff/card-process.ts';
import type { IncidentRow } from '../incident/incident-register.ts';
import type { ChosenRecall } from './choose-recalled.ts';

/** What a recall is made from. */
export interface RecallRoom {
  readonly loaded: LoadedConfiguration;
  readonly row: IncidentRow;
  readonly officer: Officer;
  readonly at: Date;
  readonly handoff: string;
  readonly basis: RecallBasis;
  readonly reason: string;
}

/** One file that will be, or would be, sent. */
export interface RecallToSend {
  readonly chosen: ChosenRecall;
  readonly issuers: readonly BatchIssuer[];
  readonly recipient: RoutedRecipient;
}
