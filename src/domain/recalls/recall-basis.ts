/** What made somebody recall cards: an amended incident leaves them out, whole files were wrong, or named records. */
export const recallBases = ['amendment', 'batches', 'records'] as const;
export type RecallBasis = (typeof recallBases)[number];
