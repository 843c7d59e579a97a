/** Kinds of frame on the pipe between the main process and the CDE process. */
export const frameKind = {
  job: 1,
  passphrase: 2,
  earlierHeader: 3,
  earlierRows: 4,
  begin: 5,
  keys: 6,
  testJob: 7,
  answerJob: 8,
  responseJob: 9,
  progress: 10,
  findings: 11,
  cardPage: 12,
  hashPages: 13,
  reliedPage: 14,
  result: 15,
  fault: 16,
  referencePage: 17,
  repeatedPage: 18,
  purgeJob: 19,
  numberJob: 20,
  newKeyJob: 21,
  workspaceKey: 22,
  personPage: 23,
  personJob: 24,
  recallJob: 25,
  letterJob: 26,
  letterFile: 27,
  letterPiece: 28,
  letterEnd: 29,
} as const;

export type FrameKind = (typeof frameKind)[keyof typeof frameKind];

/** One frame: a kind and its bytes. */
export interface Frame {
  readonly kind: number;
  readonly payload: Uint8Array;
}

/**
 * No frame is longer: the hash rows of an earlier batch of 67 million cards. A length beyond it is a broken pipe, not a
 * message.
 */
export const frameBytesMax = 1024 * 1024 * 1024;

/** Length and kind of a frame. */
export const FRAME_HEADER_BYTES = 5;

/** Frame header: u32 little endian length of the payload, u8 kind. */
export function encodeFrameHeader(kind: FrameKind, length: number): Uint8Array {
  if (length > frameBytesMax) throw new RangeError('frame too long');
  const header = new Uint8Array(FRAME_HEADER_BYTES);
  new DataView(header.buffer).setUint32(0, length, true);
  header[4] = kind;
  return header;
}

/**
 * Splits a byte stream into frames, whatever the chunking. Holds at most one frame in memory. Throws RangeError on a
 * length over the maximum; a stream that ends inside a frame just ends (the caller misses its `result`).
 *
 * Frames that fit are put into `room`, where the next one overwrites them: for a reader that is done with a frame when
 * it asks for another, and would otherwise leave hundreds of megabytes for the garbage collector.
 */
export async function* readFrames(
  stream: AsyncIterable<Uint8Array>,
  room?: Uint8Array,
): AsyncGenerator<Frame> {
  const header = new Uint8Array(FRAME_HEADER_BYTES);
  let headerFilled = 0;
  let payload: Uint8Array | undefined;
  let filled = 0;
  for await (const chunk of stream) {
    let at = 0;
    while (at < chunk.length || (payload && filled === payload.length)) {
      if (payload === undefined) {
        const take = Math.min(FRAME_HEADER_BYTES - headerFilled, chunk.length - at);
        header.set(chunk.subarray(at, at + take), headerFilled);
        headerFilled += take;
        at += take;
        if (headerFilled < FRAME_HEADER_BYTES) break;
        const length = new DataView(header.buffer).getUint32(0, true);
        if (length > frameBytesMax) throw new RangeError('frame too long');
        payload = room && length <= room.length ? room.subarray(0, length) : new Uint8Array(length);
        filled = 0;
      }
      const take = Math.min(payload.length - filled, chunk.length - at);
      payload.set(chunk.subarray(at, at + take), filled);
      filled += take;
      at += take;
      if (filled < payload.length) break;
      const frame = { kind: header[4] ?? 0, payload };
      payload = undefined;
      headerFilled = 0;
      yield frame;
    }
  }
}

/** A JSON payload. For documents of this program only: both ends of the pipe are ours. */
export function encodeDocument(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

export function decodeDocument(payload: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(payload)) as unknown;
}
