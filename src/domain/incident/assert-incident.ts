import { IncidentFault } from './errors.ts';
import type { Incident } from './incident.ts';
import { windowBounds } from './windows.ts';

/**
 * Checks what the parts of an incident say about each other. Windows may overlap: a card counts once whatever the
 * number of windows it matches.
 *
 * @throws IncidentFault `window-name-repeated`, `window-reversed`, `channel-contradiction`,
 * `route-without-condition`
 */
export function assertIncident(incident: Incident): void {
  const names = new Set<string>();
  const excluded = new Set(incident.excluded_channels);
  for (const window of incident.windows) {
    if (names.has(window.name)) {
      throw new IncidentFault('window-name-repeated', { window: window.name });
    }
    names.add(window.name);
    windowBounds(window, incident.time_zone);
    const channel = window.channels?.find((name) => excluded.has(name));
    if (channel !== undefined) {
      throw new IncidentFault('channel-contradiction', { channel, window: window.name });
    }
  }
  const bare = incident.routes.findIndex(
    ({ issuer, brand, country }) =>
      issuer === undefined && brand === undefined && country === undefined,
  );
  if (bare >= 0) throw new IncidentFault('route-without-condition', { route: bare + 1 });
}
