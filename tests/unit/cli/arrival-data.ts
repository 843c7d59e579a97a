import { sourcesDocument, sourcesSchema } from '../../../src/doors/cli/outputs/sources.ts';
import { sourceListScreen } from '../../../src/doors/cli/screens/source-list-screen.ts';
import type { ListedSource } from '../../../src/exchange/arrivals/list-sources.ts';
import * as outputs from '../../../src/doors/cli/outputs/arrivals.ts';
import {
  arrivalSettleScreen,
  collectScreen,
} from '../../../src/doors/cli/screens/arrivals-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import type { Arrival, RefusedArrival } from '../../../src/exchange/arrivals/arrival-book.ts';
import type { TakenIn } from '../../../src/exchange/arrivals/take-in-arrival.ts';
import * as data from './screen-data.ts';
import type { Size } from './screen-data.ts';

const at = new Date('2020-04-10T00:00:00Z');

/** Files that recipients brought: taken in, repeated, put aside, not taken, and one that waits. */
export function arrivalsOf(size: Size) {
  const name = `answer-${'x'.repeat(Math.min(121, size.text.length))}`;
  const quarantined: Arrival[] = Array.from({ length: size.list }, (_, index) => ({
    ...{
      id: `a222222${index}`,
      recipient: size.id,
      way: 'inbox',
      key: undefined,
      name,
      sha256: data.sha256,
    },
    ...{ bytes: 4_096, state: 'quarantined', code: 'response-holds-card', batch: undefined },
    ...{ clearBytes: undefined, arrivedAt: at },
  }));
  const notTaken: RefusedArrival[] = [
    {
      ...{ id: 'a2222229', recipient: size.id, way: 'directory', name: '..\\u{2f}x' },
      ...{ code: 'arrival-name', refusedAt: at },
    },
  ];
  const told = { recipient: size.id, name };
  const taken: TakenIn[] = [
    { ...told, arrival: 'a2222223', became: 'collected', batch: '1a9f3c0b2e', code: undefined },
    { ...told, arrival: 'a2222224', became: 'repeated', batch: '1a9f3c0b2e', code: undefined },
    {
      ...{ ...told, arrival: 'a2222225', became: 'quarantined', batch: undefined },
      code: 'source-signer-unknown',
    },
  ];
  const waiting = [{ arrival: 'a2222226', code: 'card-process-died' }];
  const settled = { id: 'a2222225', recipient: size.id, code: 'arrival-name' };
  return {
    listed: { quarantined, notTaken },
    collected: {
      ...{ taken, waiting },
      closed: [
        { recipient: data.recipientOf(size), opensAt: at },
        { recipient: data.recipientOf(size), opensAt: undefined },
      ],
    },
    brought: (['unknown', 'needed', 'done'] as const).map((standing): ListedSource => ({
      ...{ arrival: { ...quarantined[0]!, way: 'sources', state: 'arrived', key: 'SHA256:x' } },
      ...{ handoffs: standing === 'unknown' ? [] : ['h7k2m9qa', 'h7k2m9qb'], standing },
    })),
    settled: { ...settled, wasHere: true },
    noted: { ...settled, wasHere: false },
    status: {
      waiting: 2,
      sources: [{ box: size.id, files: Math.floor(size.count) }],
      aside: [{ recipient: size.id, files: size.list + 1, codes: ['response-holds-card'] }],
    },
  };
}

export function arrivalScreens(size: Size, view: View): Record<string, string[]> {
  const { collected, brought, settled, noted } = arrivalsOf(size);
  return {
    collected: collectScreen(collected, view),
    collectedNone: collectScreen({ taken: [], waiting: [], closed: collected.closed }, view),
    sourceList: sourceListScreen(brought, view),
    sourceListNone: sourceListScreen([], view),
    arrivalSettled: arrivalSettleScreen(settled, view),
    arrivalNoted: arrivalSettleScreen(noted, view),
  };
}

/** The same as documents. */
export function arrivalOutputs(size: Size) {
  const { collected, brought, settled } = arrivalsOf(size);
  return {
    sourceList: [sourcesSchema, sourcesDocument(brought)],
    collected: [outputs.collectSchema, outputs.collectDocument(collected)],
    arrivalSettled: [outputs.arrivalSettleSchema, outputs.arrivalSettleDocument(settled)],
  } as const;
}
