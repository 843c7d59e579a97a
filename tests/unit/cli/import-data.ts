import type { Imported } from '../../../src/exchange/handoff/import-sent.ts';
import * as data from './screen-data.ts';
import type { Size } from './screen-data.ts';

/** A list that was sent elsewhere. */
export function importedOf(size: Size): Imported {
  const { handoff, incident, result, plan } = data.preparedOf(size);
  const evidence = { sha256: data.sha256, bytes: 1_200_000, file: 'evidence' };
  const request = {
    incident: size.id,
    recipient: size.id,
    channel: 'portal',
    sentAt: new Date(0),
  } as const;
  const row = { incident } as Imported['row'];
  return { handoff, row, request: request as never, evidence, result, plan: plan! };
}
