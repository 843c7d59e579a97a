/**
 * Runs `act` for every item, several at a time: each lane takes the next item when it is free. Results stand in the order
 * of the items. Waits for all, then rejects with the first error.
 */
export async function inLanes<Item, Lane, Result>(
  items: readonly Item[],
  lanes: readonly Lane[],
  act: (item: Item, lane: Lane, place: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async (lane: Lane): Promise<void> => {
    for (let place = next++; place < items.length; place = next++) {
      results[place] = await act(items[place]!, lane, place);
    }
  };
  const ends = await Promise.allSettled(lanes.map(work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return results;
}
