import { writeSealedFile } from '../edge/files/sealed-file.ts';
import type { Sealer } from '../exchange/handoff/sealer.ts';
import type { LetterJob, SealedLetter } from '../exchange/waivers/letter-sealer.ts';

/** A file as it comes from the main process. */
export interface ClearLetter {
  readonly name: string;
  /** Read once, to its end, before the next file is asked for. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Seals files one after the other, as they come. Throws what `Sealer.seal` and `writeSealedFile` throw. */
export async function sealLetters(
  { recipient, folder }: Pick<LetterJob, 'recipient' | 'folder'>,
  files: AsyncIterable<ClearLetter>,
  sealer: Sealer,
): Promise<readonly SealedLetter[]> {
  const { fingerprint, encryptionSubkey, allow, profile } = recipient;
  const certificate = new TextEncoder().encode(recipient.certificate);
  const terms = { certificate, fingerprint, encryptionSubkey, allow, armor: profile.armor };
  const sealed: SealedLetter[] = [];
  for await (const { name: clear, pieces } of files) {
    const name = `${clear}.pgp`;
    const chunks = sealer.seal({ ...terms, payload: pieces });
    sealed.push({ name, ...(await writeSealedFile(folder, name, chunks, encryptionSubkey)) });
  }
  return sealed;
}
