/** The first record of a stream, of which no more is read; undefined where there is none. Throws what the stream throws. */
export async function firstOf<T>(records: AsyncIterable<T>): Promise<T | undefined> {
  for await (const record of records) return record;
  return undefined;
}
