// Remembers what was computed from the same bytes, so that a log can be judged a hundred thousand times in one
// process. No answer changes: what is remembered is found again by all the bytes that went in.

import type { VerifierKey } from '../../src/domain/tlog/verifier-key.ts';

const entriesMax = 50_000;
const firstObjects = 1_100;
const firstFiles = 5;

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

/** As `compute` for two hashes that are themselves remembered: found by which objects they are, which is quicker. */
export function rememberedPair(
  compute: (left: Uint8Array, right: Uint8Array) => Uint8Array,
): (left: Uint8Array, right: Uint8Array) => Uint8Array {
  const known = new WeakMap<Uint8Array, WeakMap<Uint8Array, Uint8Array>>();
  return (left, right) => {
    const after = known.get(left) ?? new WeakMap<Uint8Array, Uint8Array>();
    const found = after.get(right) ?? compute(left, right);
    after.set(right, found);
    known.set(left, after);
    return found;
  };
}

/**
 * As `compute` for one object with bytes: found by which object it is if it was among the first, as those of an honest
 * log are, or else by its bytes.
 */
export function rememberedOne<Given extends Uint8Array, Result>(
  compute: (bytes: Given) => Result,
): (bytes: Given) => Result {
  const first = new WeakMap<Given, Result>();
  const byBytes = remembered((bytes) => compute(bytes as Given));
  let left = firstObjects;
  return (bytes) => {
    const found = first.get(bytes);
    if (found !== undefined) return found;
    const result = byBytes(bytes);
    if (left > 0) {
      first.set(bytes, result);
      left -= 1;
    }
    return result;
  };
}

/** As `parse` for the files of an honest log, so that they are cut into the same objects each time. */
export function rememberedParts<Result>(
  parse: (file: Uint8Array, width: number) => Result,
): (file: Uint8Array, width: number) => Result {
  const first = new WeakMap<Uint8Array, Result>();
  let left = firstFiles;
  return (file, width) => {
    const found = first.get(file) ?? parse(file, width);
    if (left > 0 && !first.has(file)) {
      first.set(file, found);
      left -= 1;
    }
    return found;
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
