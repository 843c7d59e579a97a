import { constants } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

import type { ArrivalFiles, FileOnItsWay } from '../../exchange/arrivals/arrival-files.ts';
import { faultOf, makeDirectory, syncDirectory } from './atomic-write.ts';
import { namesIn } from './names-in.ts';
import { nameAtWork, removeLeftovers } from './own-leftovers.ts';

const STEM = 'arriving';
const OLD_MS = 3_600_000;
const whole = /^(a[0-9a-z]{7})\.pgp$/;

/** Files that recipients brought, as `data/arrivals/<id>.pgp`. */
export class ArrivalFolder implements ArrivalFiles {
  readonly #directory: string;

  constructor(root: string) {
    this.#directory = join(root, 'data/arrivals');
  }

  async begin(id: string): Promise<FileOnItsWay> {
    await makeDirectory(this.#directory);
    const hidden = join(this.#directory, nameAtWork(`${STEM}.${id}`));
    const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;
    const handle = await telling(hidden, () =>
      open(hidden, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o600),
    );
    return new ArrivingOnDisk(handle, hidden, this.pathOf(id), this.#directory);
  }

  pathOf(id: string): string {
    return join(this.#directory, `${id}.pgp`);
  }

  async remove(id: string): Promise<void> {
    await telling(this.pathOf(id), () => rm(this.pathOf(id), { force: true }));
  }

  async listOld(): Promise<readonly string[]> {
    const names = await namesIn(this.#directory);
    const hidden = names.flatMap((name) => /^\.(arriving\.a[0-9a-z]{7})\./.exec(name)?.[1] ?? []);
    for (const stem of new Set(hidden)) await removeLeftovers(this.#directory, names, stem);
    const ids = names.flatMap((name) => whole.exec(name)?.[1] ?? []);
    const old: string[] = [];
    for (const id of ids) {
      // A younger one may be about to get its row.
      const found = await stat(this.pathOf(id)).catch(() => undefined);
      if (found !== undefined && Date.now() - found.mtimeMs > OLD_MS) old.push(id);
    }
    return old;
  }
}

class ArrivingOnDisk implements FileOnItsWay {
  readonly #handle: FileHandle;
  readonly #hidden: string;
  readonly #path: string;
  readonly #directory: string;
  #isOpen = true;

  constructor(handle: FileHandle, hidden: string, path: string, directory: string) {
    this.#handle = handle;
    this.#hidden = hidden;
    this.#path = path;
    this.#directory = directory;
  }

  async write(chunk: Uint8Array): Promise<void> {
    await telling(this.#hidden, () => this.#handle.writeFile(chunk));
  }

  async keep(): Promise<void> {
    await telling(this.#hidden, async () => {
      await this.#handle.sync();
      await this.#close();
      await rename(this.#hidden, this.#path);
      await syncDirectory(this.#directory);
    });
  }

  async drop(): Promise<void> {
    await this.#close();
    for (const path of [this.#hidden, this.#path]) await rm(path, { force: true });
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#handle.close();
  }
}

async function telling<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw faultOf(path, error);
  }
}
