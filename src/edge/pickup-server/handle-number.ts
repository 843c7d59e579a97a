const HANDLE_BYTES = 4;

/** How a handle of ours is written. */
export function asHandle(number: number): Buffer {
  const handle = Buffer.alloc(HANDLE_BYTES);
  handle.writeUInt32BE(number);
  return handle;
}

/** At once: the bytes of a handle hold those of its whole packet. What is no handle of ours is the number of none. */
export function numberOf(handle: Buffer): number {
  return handle.length === HANDLE_BYTES ? handle.readUInt32BE() : -1;
}
