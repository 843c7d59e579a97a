import { describe, expect, it } from 'vitest';

import { encodeFrameHeader, frameKind, readFrames } from '../../../src/cde/frames.ts';
import { chunked } from '../../support/chunks.ts';

function frame(payload: readonly number[]): number[] {
  return [...encodeFrameHeader(frameKind.findings, payload.length), ...payload];
}

describe('readFrames() into a room', () => {
  const frames = [[1, 2, 3], [], [4, 5, 6, 7], [8, 9, 10, 11, 12], [13]];
  const bytes = Uint8Array.from(frames.flatMap(frame));

  it('gives every frame whole while it is looked at, whatever the chunking', async () => {
    for (const size of [1, 3, 6, bytes.length]) {
      const found: number[][] = [];
      for await (const { payload } of readFrames(chunked(bytes, size), new Uint8Array(4))) {
        found.push([...payload]);
      }
      expect(found).toEqual(frames);
    }
  });

  it('puts frames that fit into the room, and others into memory of their own', async () => {
    const room = new Uint8Array(4);
    const isInRoom: boolean[] = [];
    for await (const { payload } of readFrames(chunked(bytes, 7), room)) {
      isInRoom.push(payload.buffer === room.buffer);
    }
    expect(isInRoom).toEqual([true, true, true, false, true]);
  });

  it('gives frames that stay as they are without a room', async () => {
    const kept: Uint8Array[] = [];
    for await (const { payload } of readFrames(chunked(bytes, 7))) kept.push(payload);
    expect(kept.map((payload) => [...payload])).toEqual(frames);
  });
});
