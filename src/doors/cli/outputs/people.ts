import { z } from 'zod';

import type { Officer } from '../../../domain/workspace/officer.ts';
import type { Sender } from '../../../domain/workspace/sender.ts';
import type { Certificate } from '../../../exchange/keys/certificates.ts';

const stateSchema = z.enum(['enabled', 'disabled']);

/** `officer list --json`, `sender list --json`. */
export const peopleSchema = z.strictObject({
  kind: z.enum(['officer', 'sender']),
  people: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      roles: z.array(z.string()).optional(),
      fingerprint: z.string(),
      state: stateSchema,
    }),
  ),
});

export function peopleDocument(listed: {
  readonly kind: 'officer' | 'sender';
  readonly people: readonly (Officer | Sender)[];
}): z.infer<typeof peopleSchema> {
  return {
    kind: listed.kind,
    people: listed.people.map((person) => ({
      id: person.id,
      name: person.name,
      ...('roles' in person ? { roles: [...person.roles] } : {}),
      fingerprint: person.fingerprint,
      state: person.state,
    })),
  };
}

/** `officer add|disable --json`, `sender add|disable --json`. */
export const personSchema = z.strictObject({
  kind: z.enum(['officer', 'sender']),
  id: z.string(),
  state: stateSchema,
  fingerprint: z.string().optional(),
  algorithm: z.string().optional(),
});

export function personDocument(person: {
  readonly kind: 'officer' | 'sender';
  readonly id: string;
  readonly state: 'enabled' | 'disabled';
  readonly certificate?: Certificate;
}): z.infer<typeof personSchema> {
  const { kind, id, state, certificate } = person;
  return {
    kind,
    id,
    state,
    ...(certificate === undefined
      ? {}
      : { fingerprint: certificate.fingerprint, algorithm: certificate.algorithm }),
  };
}
