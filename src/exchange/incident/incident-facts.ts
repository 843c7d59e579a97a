import { encodeCanonicalJson } from '../../domain/canonical-json.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import type { Incident } from '../../domain/incident/incident.ts';

/** SHA-256 over the canonical JSON of an incident: how the log names the document it opened or was amended to. */
function incidentDigest(incident: Incident): string {
  return digestOf(encodeCanonicalJson(JSON.parse(JSON.stringify(incident)) as Json));
}

/** What a leaf tells of an incident's document: counts, elements and its digest, and no text of it. */
export function incidentFacts(incident: Incident): {
  readonly incident: string;
  readonly windows: number;
  readonly routes: number;
  readonly merchants?: number;
  readonly elements: readonly string[];
  readonly document: string;
} {
  return {
    incident: incident.id,
    windows: incident.windows.length,
    routes: incident.routes.length,
    ...(incident.merchants === undefined ? {} : { merchants: incident.merchants.length }),
    elements: incident.elements.map((element) => element.replaceAll('_', '-')),
    document: incidentDigest(incident),
  };
}
