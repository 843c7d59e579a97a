// Where the columns of cards live: memory that threads of the card process share.

/** Zeroed memory outside Node's buffer pool, of which `wipeMemory` may clear every byte. */
export function allocateMemory(bytes: number): ArrayBufferLike {
  return new SharedArrayBuffer(bytes);
}

/** Overwrites with zeros. What the engine itself may have copied is out of reach; the process ends soon after. */
export function wipeMemory(view: ArrayBufferView): void {
  new Uint8Array(view.buffer).fill(0);
}
