import { IncidentFault } from './errors.ts';
import type { ExposureWindow, Incident } from './incident.ts';
import { windowBounds } from './windows.ts';

/**
 * Checks what the parts of an incident say about each other. Windows may overlap: a card counts once whatever the
 * number of windows it matches.
 *
 * @throws IncidentFault `window-name-repeated`, `window-reversed`, `channel-contradiction`,
 * `route-without-condition`, `merchant-repeated`, `merchant-unknown`, `merchant-without-window`, `merchants-absent`
 */
export function assertIncident(incident: Incident): void {
  assertMerchantsDiffer(incident);
  const excluded = new Set(incident.excluded_channels);
  for (const window of incident.windows) {
    windowBounds(window, incident.time_zone);
    const channel = window.channels?.find((name) => excluded.has(name));
    if (channel !== undefined) {
      throw new IncidentFault('channel-contradiction', { channel, window: window.name });
    }
  }
  assertNames(incident.windows);
  const bare = incident.routes.findIndex(({ issuer, brand, country, merchant }) =>
    [issuer, brand, country, merchant].every((condition) => condition === undefined),
  );
  if (bare >= 0) throw new IncidentFault('route-without-condition', { route: bare + 1 });
  assertMerchantsKnown(incident);
}

/** A column may hold either, so that an id must not be another one's number. */
function assertMerchantsDiffer({ merchants = [] }: Incident): void {
  const known = new Set<string>();
  for (const { id, number } of merchants) {
    for (const word of new Set([id, number?.toLowerCase()])) {
      if (word === undefined) continue;
      if (known.has(word)) throw new IncidentFault('merchant-repeated', { merchant: word });
      known.add(word);
    }
  }
}

/** Merchants may have their own times under one name: then each table names other merchants, and nothing else differs. */
function assertNames(windows: readonly ExposureWindow[]): void {
  const firsts = new Map<
    string,
    { readonly first: ExposureWindow; readonly merchants: Set<string> }
  >();
  for (const window of windows) {
    const { name } = window;
    const known = firsts.get(name);
    if (known === undefined) {
      firsts.set(name, { first: window, merchants: new Set(window.merchants) });
      continue;
    }
    const isApart =
      known.first.merchants !== undefined &&
      window.merchants?.every((merchant) => !known.merchants.has(merchant)) === true;
    if (!isApart || shapeOf(known.first) !== shapeOf(window)) {
      throw new IncidentFault('window-name-repeated', { window: name });
    }
    for (const merchant of window.merchants!) known.merchants.add(merchant);
  }
}

function shapeOf({ channels, listed_only: listedOnly }: ExposureWindow): string {
  return JSON.stringify([channels?.toSorted(), listedOnly]);
}

function assertMerchantsKnown({ id: incident, merchants, windows, routes }: Incident): void {
  const known = new Set(merchants?.map(({ id }) => id));
  const assertKnown = (
    merchant: string,
    place: Readonly<Record<string, string | number>>,
  ): void => {
    if (known.has(merchant)) return;
    if (merchants === undefined)
      throw new IncidentFault('merchants-absent', { incident, ...place });
    throw new IncidentFault('merchant-unknown', { merchant, incident, ...place });
  };
  for (const { name, merchants: named = [] } of windows) {
    for (const merchant of named) assertKnown(merchant, { window: name });
  }
  for (const [index, { merchant }] of routes.entries()) {
    if (merchant !== undefined) assertKnown(merchant, { route: index + 1 });
  }
  if (windows.some((window) => window.merchants === undefined)) return;
  const covered = new Set(windows.flatMap((window) => window.merchants ?? []));
  const bare = merchants?.find(({ id }) => !covered.has(id));
  if (bare !== undefined) {
    throw new IncidentFault('merchant-without-window', { merchant: bare.id });
  }
}
