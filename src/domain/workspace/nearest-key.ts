import { z } from 'zod';

/** The part of JSON Schema that says which keys a table may have. */
interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly oneOf?: readonly Shape[];
  readonly anyOf?: readonly Shape[];
}

/**
 * The key that was probably meant, for a message about one that no table has.
 *
 * @param path of the table that holds the key, from the root
 * @returns undefined where no known key of that table is close
 */
export function nearestKey(
  schema: z.ZodType,
  path: readonly PropertyKey[],
  key: string,
): string | undefined {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  const tables = path.reduce<readonly Shape[]>(
    (shapes, step) => shapes.flatMap((shape) => stepInto(shape, step)),
    [root],
  );
  const known = tables
    .flatMap(alternatives)
    .flatMap((shape) => Object.keys(shape.properties ?? {}));
  let nearest: string | undefined;
  let least = Math.max(2, Math.floor(key.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(key.toLowerCase().replaceAll('-', '_'), candidate);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

function alternatives(shape: Shape): readonly Shape[] {
  return shape.oneOf ?? shape.anyOf ?? [shape];
}

function stepInto(shape: Shape, step: PropertyKey): readonly Shape[] {
  return alternatives(shape).flatMap((branch) => {
    const next =
      typeof step === 'number'
        ? branch.items
        : (branch.properties?.[String(step)] ?? branch.additionalProperties);
    return typeof next === 'object' ? [next] : [];
  });
}

/** Levenshtein distance; both words are keys, so the table stays small. */
function editDistance(left: string, right: string): number {
  const word = left.slice(0, 64);
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= word.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = word[row - 1] === right[column - 1];
      current.push(
        Math.min(
          previous[column]! + 1,
          current[column - 1]! + 1,
          previous[column - 1]! + (same ? 0 : 1),
        ),
      );
    }
    previous = current;
  }
  return previous[right.length]!;
}
