import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import type { FolderDelivery, HandoverFolder } from '../../exchange/delivery/write-batch.ts';
import { errnoOf } from './errno.ts';
import { takeName } from './take-name.ts';

/** Writes sealed files and their call sheets into a folder that a portal or a courier is served from. */
export class ManualFolder implements HandoverFolder {
  async put(delivery: FolderDelivery): Promise<void> {
    const { directory, name } = delivery;
    try {
      await assertFolder(directory);
      for (const sheet of delivery.callSheets) {
        const sheetName = `${name}.call-sheet.${sheet.language}.txt`;
        await putSheet(directory, sheetName, new TextEncoder().encode(sheet.text));
      }
      // The sealed file comes last: when it is there, everything is.
      await putSealed(delivery);
      await syncFolder(directory);
      if ((await digestOf(join(directory, name))) !== delivery.sha256) {
        throw new DeliveryFault('remote-content-differs', { file: name });
      }
    } catch (error) {
      if (error instanceof DeliveryFault) throw error;
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      throw new DeliveryFault('folder-unwritable', { file: name, reason: code }, error);
    }
  }
}

async function assertFolder(directory: string): Promise<void> {
  const found = await lstat(join(directory, '.')).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new DeliveryFault('folder-missing', {});
}

async function putSealed(delivery: FolderDelivery): Promise<void> {
  const { directory, name, sizeBytes, sha256 } = delivery;
  const there = await lstat(join(directory, name)).catch(ignoreMissing);
  if (there !== undefined) {
    const isSame = there.isFile() && there.size === sizeBytes;
    if (isSame && (await digestOf(join(directory, name))) === sha256) return;
    throw new DeliveryFault('target-taken', { file: name });
  }
  const hash = createHash('sha256');
  let bytes = 0;
  const temporary = await writeTemporary(directory, name, async (write) => {
    for await (const chunk of delivery.payload) {
      hash.update(chunk);
      bytes += chunk.length;
      await write(chunk);
    }
  });
  if (bytes !== sizeBytes || hash.digest('hex') !== sha256) {
    await rm(temporary, { force: true });
    throw new DeliveryFault('sealed-file-differs', { file: name, sizeBytes, foundBytes: bytes });
  }
  await publish(temporary, join(directory, name), name);
}

/** An earlier run may have left the sheet; its words may since have been corrected by hand, so it is kept. */
async function putSheet(directory: string, name: string, text: Uint8Array): Promise<void> {
  const there = await readFile(join(directory, name)).catch(ignoreMissing);
  if (there !== undefined) return;
  const temporary = await writeTemporary(directory, name, (write) => write(text));
  await publish(temporary, join(directory, name), name);
}

async function writeTemporary(
  directory: string,
  name: string,
  fill: (write: (chunk: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<string> {
  const temporary = join(directory, `.${name}.part`);
  // Left by a run that died; the lease of the batch keeps two runs apart.
  await rm(temporary, { force: true });
  const file = await open(temporary, 'wx', 0o600);
  try {
    await fill(async (chunk) => {
      let at = 0;
      while (at < chunk.length) at += (await file.write(chunk, at)).bytesWritten;
    });
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(temporary, { force: true });
    throw error;
  }
  await file.close();
  return temporary;
}

async function publish(temporary: string, final: string, name: string): Promise<void> {
  try {
    await takeName(temporary, final);
  } catch (error) {
    await rm(temporary, { force: true });
    if (errnoOf(error) === 'EEXIST') throw new DeliveryFault('target-taken', { file: name });
    throw error;
  }
}

async function syncFolder(directory: string): Promise<void> {
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
