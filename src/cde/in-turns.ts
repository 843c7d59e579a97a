/**
 * Does `act` for every item, at most `width` at a time, in their order; results stand in that order. After a failure no
 * further item is begun; it rejects with the first one when those that were under way have ended.
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  width: number,
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let hasFailed = false;
  const work = async (): Promise<void> => {
    while (next < items.length && !hasFailed) {
      const place = next++;
      try {
        results[place] = await act(items[place]!);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.max(1, width) }, work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return results;
}

/** Asks once, when it is first needed; everybody gets the same answer. */
export function onlyOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}
