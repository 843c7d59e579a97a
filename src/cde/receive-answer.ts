import type { Readable } from 'node:stream';

import { Fault } from '../domain/fault.ts';
import type { Facts, Retry } from '../domain/fault.ts';
import type { PrepareReceiver } from '../exchange/handoff/card-process.ts';
import { deliverFrame } from './deliver-frame.ts';
import { CardProcessFault } from './errors.ts';
import { decodeDocument, frameKind, readFrames } from './frames.ts';

/** A page of findings or cards fits. */
const pageRoomBytes = 256 * 1024;

/**
 * Hands what streams out to `receive` and returns the one result; undefined when the process ended without one. Throws the
 * fault that the process reported, and `card-process-died` for what nobody asked it for.
 */
export async function receiveAnswer(
  stream: Readable,
  receive: PrepareReceiver | undefined,
): Promise<unknown> {
  let result: unknown;
  const room = new Uint8Array(pageRoomBytes);
  for await (const frame of readFrames(stream, room)) {
    if (frame.kind === frameKind.result) result = decodeDocument(frame.payload);
    else if (frame.kind === frameKind.fault) throw faultOf(frame.payload);
    else if (receive !== undefined) await deliverFrame(frame, receive);
    else throw new CardProcessFault('card-process-died', { frame: frame.kind });
  }
  return result;
}

/** The fault as it was thrown inside: its code, retry and facts crossed the pipe, its cause stayed there. */
function faultOf(payload: Uint8Array): Fault {
  const { code, retry, facts } = decodeDocument(payload) as {
    code: string;
    retry: Retry;
    facts: Facts;
  };
  return new Fault(code, retry, facts);
}
