// Remembers what was computed from the same bytes, so that a log can be judged a hundred thousand times in one
// process. No answer changes: what is remembered is found again by all the bytes that went in, or on the object that has
// them. Nobody may write to an object that something was remembered of.

import type { VerifierKey } from '../../src/domain/tlog/verifier-key.ts';

const entriesMax = 50_000;

/** As `compute`, for functions of byte strings; a call that throws is not remembered. */
export function remembered<Result>(
  compute: (...bytes: Uint8Array[]) => Result,
): (...bytes: Uint8Array[]) => Result {
  const known = new Map<string, Result>();
  return (...bytes) => {
    const name = nameOf(bytes);
    const found = known.get(name);
    if (found !== undefined) return found;
    const result = compute(...bytes);
    if (known.size < entriesMax) known.set(name, result);
    return result;
  };
}

/**
 * As `compute` for two hashes that are themselves remembered: found by which objects they are. It stands on the right one
 * of them: objects as keys of a map cost several times as much.
 */
export function rememberedPair(
  compute: (left: Uint8Array, right: Uint8Array) => Uint8Array,
): (left: Uint8Array, right: Uint8Array) => Uint8Array {
  const mark = Symbol('the last left one and what came of both');
  type Marked = Uint8Array & {
    [mark]?: { readonly left: Uint8Array; readonly result: Uint8Array };
  };
  return (left, right: Marked) => {
    if (right[mark]?.left === left) return right[mark].result;
    const result = compute(left, right);
    right[mark] = { left, result };
    return result;
  };
}

/** As `compute` for one object with bytes: found on the object, or else by its bytes. */
export function rememberedOne<Given extends Uint8Array, Result>(
  compute: (bytes: Given) => Result,
): (bytes: Given) => Result {
  const mark = Symbol('what came of it');
  const byBytes = remembered((bytes) => compute(bytes as Given));
  return (bytes: Given & { [mark]?: Result }) => (bytes[mark] ??= byBytes(bytes));
}

/** As `parse` for whole files, so that the same file is cut into the same objects each time. */
export function rememberedParts<Result>(
  parse: (file: Uint8Array, width: number) => Result,
): (file: Uint8Array, width: number) => Result {
  const mark = Symbol('its parts');
  type Marked = Uint8Array & { [mark]?: { readonly width: number; readonly result: Result } };
  return (file: Marked, width) => {
    if (file[mark]?.width !== width) file[mark] = { width, result: parse(file, width) };
    return file[mark].result;
  };
}

/** As `verify`, by key, message and signature. */
export function rememberedSignature(
  verify: (key: VerifierKey, message: Uint8Array, signature: Uint8Array) => boolean,
): typeof verify {
  const keys = new Map<string, VerifierKey>();
  const verifyBytes = remembered((publicKey, message, signature) =>
    verify(keys.get(nameOf([publicKey]))!, message, signature),
  );
  return (key, message, signature) => {
    keys.set(nameOf([key.publicKey]), key);
    return verifyBytes(key.publicKey, message, signature);
  };
}

function nameOf(bytes: readonly Uint8Array[]): string {
  return bytes
    .map((part) => Buffer.from(part.buffer, part.byteOffset, part.length).toString('latin1'))
    .join('|');
}
