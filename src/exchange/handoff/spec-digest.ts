import { encodeCanonicalJson } from '../../domain/canonical-json.ts';
import type { Json } from '../../domain/canonical-json.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import type { SourceSpec } from '../../domain/intake/source-spec.ts';

/**
 * SHA-256 over all of a spec that decides what is read from a source, in lower-case hexadecimal: two prepares of the same
 * bytes find the same cards in them only where it is the same. How the source came and how a spec is suggested decide
 * nothing. Throws nothing.
 */
export function specDigest(spec: SourceSpec): string {
  const { received: _received, recognised_by: _recognisedBy, ...deciding } = spec;
  const plain = JSON.parse(JSON.stringify(deciding)) as Json;
  return digestOf(encodeCanonicalJson(plain));
}
