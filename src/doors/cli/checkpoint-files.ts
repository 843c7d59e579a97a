import { readPrintedNote } from '../../domain/tlog/printed-note.ts';
import type { InputFiles } from '../../exchange/sources/input-files.ts';

/** The checkpoints of `--against`, as their files hold them or copied from a screen. Throws what reading them throws. */
export function readCheckpoints(
  inputs: InputFiles,
  files: readonly string[] | undefined,
  bytesMax: number,
): Promise<Uint8Array[]> {
  return Promise.all(
    (files ?? []).map(async (file) => readPrintedNote(await inputs.read(file, bytesMax))),
  );
}
