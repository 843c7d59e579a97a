/** The directories of every box. */
export const boxFolders = ['outbox', 'done', 'inbox', 'sources'] as const;

export type BoxFolder = (typeof boxFolders)[number];

/** Those into which visitors write: answers, and sources. */
export const broughtFolders = ['inbox', 'sources'] as const satisfies readonly BoxFolder[];

export type BroughtFolder = (typeof broughtFolders)[number];

export function isBroughtFolder(folder: BoxFolder): folder is BroughtFolder {
  return broughtFolders.some((each) => each === folder);
}

/** What a path of the other side means. No path is ever used on a disk: it is looked up, and that is all. */
export type BoxPlace =
  | { readonly kind: 'root' }
  | { readonly kind: 'folder'; readonly folder: BoxFolder }
  | { readonly kind: 'name'; readonly folder: BoxFolder; readonly name: string };

export const PATH_CHARACTERS_MAX = 512;
const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/**
 * Reads a path of a client: absolute, or relative to the top of the box. Single dots, double slashes and one step up
 * (`..`) mean what they mean everywhere, and never lead above the top. Nothing for whatever else there is: backslashes,
 * control characters, percent signs, names that no file here can have.
 */
export function parseBoxPath(path: string): BoxPlace | undefined {
  if (path.length > PATH_CHARACTERS_MAX) return undefined;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else if (namePattern.test(segment)) segments.push(segment);
    else return undefined;
  }
  const [folder, name, ...more] = segments;
  if (folder === undefined) return { kind: 'root' };
  const known = boxFolders.find((each) => each === folder);
  if (known === undefined || more.length > 0) return undefined;
  return name === undefined
    ? { kind: 'folder', folder: known }
    : { kind: 'name', folder: known, name };
}

/**
 * A file in a folder into which visitors write, by a name that no file here can have: what `parseBoxPath` does not know
 * because of its name alone. Nothing for whatever else there is. Throws nothing.
 */
export function parseMisnamed(
  path: string,
): { readonly folder: BroughtFolder; readonly name: string } | undefined {
  if (path.length > PATH_CHARACTERS_MAX) return undefined;
  const [given, name, ...more] = path.split('/').filter((each) => each !== '' && each !== '.');
  const folder = broughtFolders.find((each) => each === given);
  if (folder === undefined || name === undefined || more.length > 0) return undefined;
  return name === '..' || namePattern.test(name) ? undefined : { folder, name };
}

/** How a place is spelled. */
export function renderBoxPath(place: BoxPlace): string {
  if (place.kind === 'root') return '/';
  return place.kind === 'folder' ? `/${place.folder}` : `/${place.folder}/${place.name}`;
}
