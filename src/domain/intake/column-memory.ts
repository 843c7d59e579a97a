// Where the columns of cards live. One place, so that they can become shared between threads.

/** Zeroed memory outside Node's buffer pool, of which `wipeMemory` may clear every byte. */
export function allocateMemory(bytes: number): ArrayBufferLike {
  return new ArrayBuffer(bytes);
}

/** Overwrites with zeros. What the engine itself may have copied is out of reach; the process ends soon after. */
export function wipeMemory(view: ArrayBufferView): void {
  new Uint8Array(view.buffer).fill(0);
}
