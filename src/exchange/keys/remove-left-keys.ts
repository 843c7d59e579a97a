/**
 * Removes the private halves of retired keys that a command left which ended between row and file. Returns the newest of
 * those keys; undefined where nothing was left. `keys` are in the order of their numbers.
 */
export async function removeLeftKeys<
  Key extends { readonly number: number; readonly state: string },
>(keys: readonly Key[], remove: (number: number) => Promise<boolean>): Promise<Key | undefined> {
  let left: Key | undefined;
  for (const key of keys) if (key.state === 'retired' && (await remove(key.number))) left = key;
  return left;
}
