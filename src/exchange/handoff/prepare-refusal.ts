import { isFault } from '../../domain/fault.ts';
import type { ActRecord } from '../acts/act-record.ts';
import type { PrepareJob } from './card-process.ts';

/** Leaf of a refusal: which source and line, never what stood there. */
export function refusal(
  ports: { readonly origin: string },
  actor: string,
  job: PrepareJob,
  error: unknown,
): ActRecord {
  const facts = isFault(error) ? error.facts : {};
  const count = (name: string): { readonly [key: string]: number } =>
    typeof facts[name] === 'number' ? { [name]: facts[name] } : {};
  return {
    draft: {
      actor,
      act: 'handoff-prepare-refused',
      result: 'refused',
      origin: ports.origin,
      object: `incident:${job.incident.id}`,
      data: {
        incident: job.incident.id,
        code: isFault(error) ? error.code : 'internal',
        ...count('source'),
        ...count('line'),
        ...count('column'),
      },
    },
  };
}
