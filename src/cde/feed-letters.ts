import type { LetterTarget, SealedLetter } from '../exchange/waivers/letter-sealer.ts';
import { encodeDocument, frameKind } from './frames.ts';
import type { FrameKind } from './frames.ts';
import { untilClosed } from './outbound.ts';
import { answered } from './started-process.ts';
import type { Started } from './started-process.ts';

/** The process is gone; why, its answer says. */
class ProcessGone extends Error {}

const nothing = new Uint8Array(0);

/**
 * Sends what `fill` writes to a process that seals it, once `begin` has sent the job, and returns what both came to. Throws
 * what `fill` throws, and what the process reports; when it throws, `fill` has ended.
 */
export async function feedLetters<T>(
  started: Started,
  begin: () => Promise<void>,
  fill: (into: LetterTarget) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<{ readonly filled: T; readonly sealed: readonly SealedLetter[] }> {
  let feeding: Promise<T> | undefined;
  const send = async (): Promise<void> => {
    await begin();
    if (started.pipe.destroyed) return;
    feeding = feed(started, fill);
    // It waits for the rest, which will not come.
    await feeding.catch(() => started.child.kill('SIGKILL'));
  };
  try {
    const sealed = (await answered(started, send, undefined, signal)) as readonly SealedLetter[];
    return { filled: await feeding!, sealed };
  } catch (error) {
    await feeding?.catch((failure: unknown) => {
      // That the process was ended says nothing of why.
      if (!(failure instanceof ProcessGone)) throw failure;
    });
    throw error;
  }
}

async function feed<T>(
  { pipe, outbound }: Started,
  fill: (into: LetterTarget) => Promise<T>,
): Promise<T> {
  const send = async (kind: FrameKind, payload: Uint8Array): Promise<void> => {
    try {
      await untilClosed(pipe, () => outbound.send(kind, payload));
    } catch (error) {
      if (!pipe.destroyed) throw error;
    }
    if (pipe.destroyed) throw new ProcessGone();
  };
  const filled = await fill({
    write: async (name, chunks) => {
      await send(frameKind.letterFile, encodeDocument(name));
      for await (const chunk of chunks) await send(frameKind.letterPiece, chunk);
    },
  });
  await send(frameKind.letterEnd, nothing);
  await untilClosed(pipe, () => outbound.end());
  return filled;
}
