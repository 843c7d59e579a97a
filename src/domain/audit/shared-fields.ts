/** Decisions of a handoff bind the same things, whichever way they go. */
export const decision = {
  handoff: 'id',
  planSha256: 'digest?',
  reviewSha256: 'digest?',
  officer: 'id?',
  fingerprint: 'fingerprint?',
  statement: 'digest?',
  signature: 'digest?',
  reason: 'commitment?',
} as const;

/** Whose sources are, what they were and how they came: one for each, in their order. */
export const receipts = {
  senders: 'ids?',
  forms: 'codes?',
  received: 'codes?',
  /** `none` for one that nobody brought into a box; absent where that is so of all. */
  brought: 'ids?',
  boxes: 'ids?',
  /** Of those that were brought, in their order: the key that opened the box. */
  boxKeys: 'pins?',
} as const;

/** Where a batch stands, and what was seen of it. */
export const delivery = {
  batch: 'id',
  handoff: 'id?',
  recipient: 'id?',
  attempt: 'count?',
  fence: 'count?',
  name: 'id?',
  temporary: 'id?',
  bytes: 'count?',
  sha256: 'digest?',
  hostKey: 'pin?',
  endpoint: 'code?',
  by: 'code?',
  verification: 'code?',
  isSynced: 'flag?',
  rename: 'code?',
  finalSeen: 'code?',
  temporarySeen: 'code?',
  control: 'id?',
  controlSeen: 'code?',
  step: 'code?',
  sequence: 'count?',
  instead: 'id?',
  retry: 'code?',
} as const;

/** What is pinned of a recipient. */
export const recipient = {
  recipient: 'id',
  fingerprint: 'fingerprint?',
  subkey: 'fingerprint?',
  name: 'commitment?',
  confirmedBy: 'commitment?',
  confirmedAt: 'instant?',
  endpoints: 'count?',
  hostKeys: 'pins?',
  profile: 'id?',
  layout: 'code?',
  lists: 'code?',
  weaknesses: 'codes?',
  algorithms: 'codes?',
  reason: 'commitment?',
  entrySha256: 'digest?',
} as const;

/** What a person recorded of a clock. */
export const entry = {
  incident: 'id',
  outcome: 'code',
  at: 'instant?',
  reason: 'commitment?',
} as const;

/** What a document says of an incident. */
export const incidentDocument = {
  windows: 'count',
  routes: 'count?',
  merchants: 'count?',
  elements: 'codes?',
  document: 'digest',
} as const;

/** A list that a person says was sent by other means. */
export const importSent = {
  handoff: 'id',
  incident: 'id',
  recipient: 'id',
  sources: 'digests',
  read: 'count',
  cards: 'count',
  excluded: 'counts',
  held: 'counts',
  batches: 'ids',
  channel: 'code',
  sentAt: 'instant',
  evidence: 'digest',
  bytes: 'count',
  by: 'commitment?',
  reason: 'commitment?',
  planSha256: 'digest',
  reviewSha256: 'digest',
} as const;

/** What another document of an incident means. */
export const amendment = {
  incident: 'id',
  ...incidentDocument,
  replaced: 'digest',
  changed: 'codes?',
  handedOff: 'count?',
  proposedForRecall: 'count?',
  untold: 'count?',
  toRead: 'count?',
  reason: 'commitment?',
} as const;
