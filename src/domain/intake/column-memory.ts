// Where the columns of cards live: memory that threads of the card process share.

/** Zeroed memory outside Node's buffer pool, of which `wipeMemory` may clear every byte. */
export function allocateMemory(bytes: number): ArrayBufferLike {
  return new SharedArrayBuffer(bytes);
}

/**
 * Overwrites a view with zeros; it begins at a multiple of eight. What the engine itself may have copied is out of reach;
 * the process ends soon after. Shared memory is filled element by element: eight bytes at a time take an eighth of the time.
 */
export function wipeMemory({ buffer, byteOffset, byteLength }: ArrayBufferView): void {
  const words = byteLength >>> 3;
  new Float64Array(buffer, byteOffset, words).fill(0);
  new Uint8Array(buffer, byteOffset + words * 8, byteLength % 8).fill(0);
}
