/** How a source came into the house, as whoever prepares says. */
export const receivedWays = ['mail', 'portal', 'sftp', 'media', 'own-system'] as const;

/** The same, and what this program saw itself: into a box of the pickup server, by a pinned key. */
export const receiptWays = [...receivedWays, 'box'] as const;

export type ReceiptWay = (typeof receiptWays)[number];

/**
 * What a source was when it was read: clear text, or encrypted to us and signed by a pinned sender, or encrypted by
 * somebody whom no pinned certificate names and taken all the same, for a recorded reason.
 */
export const sourceForms = ['clear', 'encrypted-signed', 'encrypted-unsigned'] as const;

export type SourceForm = (typeof sourceForms)[number];
