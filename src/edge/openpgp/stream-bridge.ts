/** Chunks below this size cost the library up to 150 times the time, because every chunk passes a dozen promises. */
const CHUNK_BYTES_MIN = 65_536;

/**
 * Gathers small chunks into chunks of 64 KiB; large ones pass as they are. The gathering buffers are zeroed as soon
 * as the reader asks for the next chunk.
 */
export async function* gathered(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    if (held === 0 && chunk.length >= CHUNK_BYTES_MIN) {
      yield chunk;
      continue;
    }
    parts.push(chunk.slice());
    held += chunk.length;
    if (held >= CHUNK_BYTES_MIN) {
      yield joinAndWipe(parts, held);
      parts = [];
      held = 0;
    }
  }
  if (held > 0) {
    yield joinAndWipe(parts, held);
  }
}

function joinAndWipe(parts: readonly Uint8Array[], size: number): Uint8Array {
  const joined = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
    part.fill(0);
  }
  return joined;
}
