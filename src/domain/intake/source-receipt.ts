/** How a source came into the house, as whoever prepares says. */
export const receivedWays = ['mail', 'portal', 'sftp', 'media', 'own-system'] as const;

export type ReceivedWay = (typeof receivedWays)[number];

/**
 * What a source was when it was read: clear text, or encrypted to us and signed by a pinned sender, or encrypted by
 * somebody whom no pinned certificate names and taken all the same, for a recorded reason.
 */
export const sourceForms = ['clear', 'encrypted-signed', 'encrypted-unsigned'] as const;

export type SourceForm = (typeof sourceForms)[number];
