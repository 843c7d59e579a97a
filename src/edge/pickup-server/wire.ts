import { z } from 'zod';

import { broughtFolders, PATH_CHARACTERS_MAX } from '../../domain/pickup/box-path.ts';
import type { BoxBatch, PickupVisitor } from '../../exchange/pickup/pickup-book.ts';
import { loginRefusals, unfitCodes } from '../../exchange/pickup/pickup-server.ts';
import type { BoxKey, InboxEntry, SealedShelves } from '../../exchange/pickup/pickup-server.ts';

// What `serve` and its pickup server say to each other, as JSON over the channel between parent and child. The child
// speaks with strangers: what it says is read as theirs.

/** The first thing the child is told. */
export interface Beginning {
  readonly kind: 'begin';
  readonly address: string;
  readonly port: number;
  /** Private key file, as OpenSSH writes it. */
  readonly hostKey: string;
  readonly shelves: SealedShelves;
}

/** An answer, by the number of what was asked; without a value where `serve` failed. */
export interface Answer {
  readonly kind: 'answer';
  readonly id: number;
  readonly value?: unknown;
}

export type FromServe = Beginning | Answer | { readonly kind: 'stop' };

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const idText = z.string().regex(/^[A-Za-z0-9._-]{1,128}$/);

/** Of a file that is brought; longer than any request may be. */
const PIECE_CHARACTERS_MAX = 64 * 1024;
const base64 = z
  .string()
  .max(PIECE_CHARACTERS_MAX)
  .regex(/^[A-Za-z0-9+/]*={0,2}$/);

const keyText = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/);
const address = z.string().regex(/^[A-Za-z0-9:._-]{1,64}$/);
const visitor = z.strictObject({ box: idText, key: keyText, from: address });

/** A user name that may be that of a box; what else strangers type is told to nobody. */
export function isBoxName(name: string): boolean {
  return idText.safeParse(name).success;
}

const folder = z.enum(broughtFolders);

const asked = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('keys') }),
  z.strictObject({
    what: z.literal('turned-away'),
    ...{ box: idText.optional(), key: keyText.optional(), from: address },
    why: z.enum(loginRefusals),
  }),
  z.strictObject({ what: z.literal('familiar') }),
  z.strictObject({ what: z.literal('came'), visitor }),
  z.strictObject({ what: z.literal('box'), visitor }),
  z.strictObject({ what: z.literal('open'), visitor, batch: idText }),
  z.strictObject({ what: z.literal('unfit'), visitor, batch: idText, code: z.enum(unfitCodes) }),
  z.strictObject({
    what: z.literal('covered'),
    ...{ visitor, batch: idText, isClosed: z.boolean() },
    ranges: z.array(z.tuple([count, count])).max(1_024),
  }),
  z.strictObject({ what: z.literal('take'), visitor, batch: idText }),
  z.strictObject({ what: z.literal('inbox'), visitor, folder }),
  z.strictObject({ what: z.literal('bring'), visitor, folder, name: idText }),
  z.strictObject({
    what: z.literal('misnamed'),
    // Whatever characters they typed.
    ...{ visitor, folder, name: z.string().min(1).max(PATH_CHARACTERS_MAX) },
  }),
  z.strictObject({ what: z.literal('piece'), visitor, upload: count, base64 }),
  z.strictObject({ what: z.literal('brought'), visitor, upload: count }),
  z.strictObject({ what: z.literal('dropped'), visitor, upload: count }),
  z.strictObject({ what: z.literal('rename'), visitor, folder, from: idText, to: idText }),
]);

export type Asked = z.output<typeof asked>;

export const fromServerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('listening'), port: count }),
  z.strictObject({ kind: z.literal('not-listening'), reason: z.string().max(64) }),
  z.strictObject({ kind: z.literal('ask'), id: count, asked }),
]);

export type FromServer = z.output<typeof fromServerSchema>;

/** A file in a box as it crosses the channel; `changedAtMs` since 1970 UTC. */
export type WireBatch = Omit<BoxBatch, 'changedAt'> & { readonly changedAtMs: number };

export type WireEntry = Omit<InboxEntry, 'changedAt'> & { readonly changedAtMs: number };

/** What each question is answered with. */
export interface Answers {
  readonly keys: readonly BoxKey[];
  readonly 'turned-away': undefined;
  readonly familiar: readonly string[];
  readonly came: undefined;
  readonly box: readonly WireBatch[];
  readonly open: boolean;
  readonly unfit: undefined;
  readonly covered: boolean;
  readonly take: boolean;
  readonly inbox: readonly WireEntry[];
  readonly bring: number | undefined;
  readonly misnamed: undefined;
  readonly piece: boolean;
  readonly brought: boolean;
  readonly dropped: undefined;
  readonly rename: boolean;
}

export type Visitor = PickupVisitor;
