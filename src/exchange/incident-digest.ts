import { encodeCanonicalJson } from '../domain/canonical-json.ts';
import type { Json } from '../domain/canonical-json.ts';
import { digestOf } from '../domain/handoff/plan.ts';
import type { Incident } from '../domain/incident/incident.ts';

/** SHA-256 over the canonical JSON of an incident: how the log names the document it opened or was amended to. */
export function incidentDigest(incident: Incident): string {
  return digestOf(encodeCanonicalJson(JSON.parse(JSON.stringify(incident)) as Json));
}
