import { scrub } from '../../domain/cards/scrubber.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { InputFiles } from '../../exchange/sources/input-files.ts';
import type { PassphraseSource } from '../../exchange/keys/passphrases.ts';
import type { OfficerProof } from '../../exchange/acts/sign-statement.ts';
import type { Signatures } from '../../exchange/acts/signatures.ts';

/** The options every command knows, as commander hands them over. */
export interface GlobalOptions {
  readonly workspace?: string;
  readonly json?: boolean;
  readonly lang?: 'ja' | 'en';
  readonly color?: boolean;
  readonly passphraseFile?: string;
  readonly credentialFile?: string;
  readonly as?: string;
  readonly officerKey?: string;
  readonly officerPassphraseFile?: string;
  readonly signature?: string;
  readonly reason?: string;
}

/** What an officer's proof is read with. */
export interface ProofPorts {
  readonly inputs: InputFiles;
  readonly passphrases: PassphraseSource;
  readonly signatures: Pick<Signatures, 'isProtected'>;
}

const signatureBytesMax = 64 * 1024;

/**
 * The officer's proof for this command: a signature made elsewhere, or a key used here once. Undefined when neither was
 * given. Only a protected key asks for its passphrase. Throws `usage` when both were given, and what reading them throws.
 */
export async function officerProof(
  options: GlobalOptions,
  ports: ProofPorts,
): Promise<OfficerProof | undefined> {
  const { inputs, passphrases, signatures } = ports;
  const { signature, officerKey } = options;
  if (signature !== undefined && officerKey !== undefined) {
    throw new WorkspaceFault('usage', {
      option: '--signature',
      expected: 'not together with --officer-key',
    });
  }
  if (signature !== undefined) {
    return { by: 'signature', signature: await inputs.read(signature, signatureBytesMax) };
  }
  if (officerKey === undefined) return undefined;
  const bytes = await inputs.readSecret(officerKey);
  const isProtected = await signatures.isProtected(bytes);
  const passphrase = isProtected ? await passphrases.read('officer') : undefined;
  return { by: 'key', key: { bytes, passphrase } };
}

/**
 * Text of the door for `--reason`, trimmed; undefined when missing or blank. It is stored and signed as it stands, so a
 * card number in it is refused: throws `usage`.
 */
export function reasonOf(options: GlobalOptions): string | undefined {
  return textOf('--reason', options.reason);
}

/** A text that a person gave with an option, likewise. */
export function textOf(option: string, given: string | undefined): string | undefined {
  const text = given?.trim();
  if (text === undefined || text === '') return undefined;
  if (scrub(text.normalize('NFKC')).hits > 0) {
    throw new WorkspaceFault('usage', { option, expected: 'a text without a card number' });
  }
  return text;
}
