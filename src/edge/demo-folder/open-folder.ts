import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { WorkspaceFault } from '../../domain/workspace/errors.ts';

/** Where the parts of a demo stand. */
export interface DemoPlaces {
  readonly directory: string;
  readonly workspace: string;
  /** Keeps the signed checkpoints, outside the workspace. */
  readonly anchor: string;
  /** What the shop and the investigator handed over. */
  readonly sources: string;
  /** A directory for each recipient, with what arrived there. */
  readonly received: string;
  /** What the officers would have on them: keys and passphrases. */
  readonly people: string;
}

export interface DemoFolder {
  readonly places: DemoPlaces;
  /** Removes everything that was put there, and the directory too if it was made here. */
  clear(): Promise<void>;
}

/**
 * A directory for a demo: the one named, or one among the temporary files. Throws `file-exists` for a directory that
 * holds anything already.
 */
export async function openFolder(named: string | undefined): Promise<DemoFolder> {
  if (named === undefined) {
    const directory = await mkdtemp(join(tmpdir(), 'mimamori-demo-'));
    return { places: placesIn(directory), clear: () => removeAll(directory) };
  }
  const directory = resolve(named);
  const present = await readdir(directory).catch(() => []);
  if (present.length > 0) throw new WorkspaceFault('file-exists', { file: named });
  const firstMade = await mkdir(directory, { recursive: true, mode: 0o700 });
  const clear = async (): Promise<void> => {
    if (firstMade !== undefined) return removeAll(firstMade);
    const left = await readdir(directory);
    await Promise.all(left.map((name) => removeAll(join(directory, name))));
  };
  return { places: placesIn(directory), clear };
}

function placesIn(directory: string): DemoPlaces {
  const part = (name: string): string => join(directory, name);
  return {
    directory,
    workspace: part('workspace'),
    anchor: part('anchor'),
    sources: part('sources'),
    received: part('received'),
    people: part('people'),
  };
}

function removeAll(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true });
}
