import { readKeys, type Config, type Key } from 'openpgp';
import { OpenpgpFault } from './errors.ts';

const KEY_FILE_BYTES_MAX = 256 * 1024;
const ARMOR_HEAD = '-----BEGIN PGP ';

/**
 * Reads the one key of a file, binary or armored; private and public keys alike.
 *
 * Throws `certificate-too-large` above 256 KiB, `certificate-count` unless there is exactly one, and
 * `certificate-needs-rfc9580` for keys of version 5 and 6. Two armored blocks in one text count as two: the library
 * reads the first one and says nothing.
 */
export async function readOneKey(bytes: Uint8Array, config: Config): Promise<Key> {
  if (bytes.length > KEY_FILE_BYTES_MAX) {
    throw new OpenpgpFault('certificate-too-large', {
      bytes: bytes.length,
      bytesMax: KEY_FILE_BYTES_MAX,
    });
  }
  const isBinary = bytes.length > 0 && (bytes[0]! & 0x80) !== 0;
  const text = isBinary ? '' : new TextDecoder('latin1').decode(bytes);
  if (!isBinary) {
    const blocks = text.split(ARMOR_HEAD).length - 1;
    if (blocks !== 1) {
      throw new OpenpgpFault('certificate-count', { count: blocks });
    }
  }
  let keys: Key[];
  try {
    keys = isBinary
      ? await readKeys({ binaryKeys: bytes, config })
      : await readKeys({ armoredKeys: text.slice(text.indexOf(ARMOR_HEAD)), config });
  } catch (error) {
    const version = isBinary ? versionOfFirstKey(bytes) : 0;
    if (version > 4) {
      throw new OpenpgpFault('certificate-needs-rfc9580', { version });
    }
    throw new OpenpgpFault('certificate-unreadable', { bytes: bytes.length }, error);
  }
  const [key] = keys;
  if (key === undefined || keys.length !== 1) {
    throw new OpenpgpFault('certificate-count', { count: keys.length });
  }
  const { version } = key.keyPacket;
  if (version > 4) {
    throw new OpenpgpFault('certificate-needs-rfc9580', { version });
  }
  return key;
}

/** The version in the first packet, if that is a key packet with a short length. RFC 9580 §4.2, §5.5.2. */
function versionOfFirstKey(bytes: Uint8Array): number {
  const header = bytes[0]!;
  const isOldFormat = (header & 0x40) === 0;
  const first = bytes[1] ?? 0;
  const lengthBytes = isOldFormat ? 2 ** (header & 3) : first < 192 ? 1 : first < 224 ? 2 : 5;
  return bytes[1 + lengthBytes] ?? 0;
}
