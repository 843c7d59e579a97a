import { RecipientsFault } from '../../../domain/recipients/errors.ts';
import { plainPublicKey } from '../../../domain/recipients/pickup-key.ts';
import type { InputFiles } from '../../../exchange/sources/input-files.ts';

const keyBytesMax = 16 * 1024;

/** The one public key in a file. Throws RecipientsFault `pickup-key-malformed`, and what reading the file throws. */
export async function readPickupKey(
  { inputs }: { readonly inputs: Pick<InputFiles, 'read'> },
  file: string,
): Promise<string> {
  const text = new TextDecoder().decode(await inputs.read(file, keyBytesMax));
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const key = lines.length === 1 ? plainPublicKey(lines[0]!) : undefined;
  if (key !== undefined) return key;
  const why = text.includes('PRIVATE KEY') ? 'private' : lines.length > 1 ? 'several' : 'other';
  throw new RecipientsFault('pickup-key-malformed', { file, why });
}
