import { enums, PacketList, PrivateKey, readKey } from 'openpgp';
import { frozenConfig } from './frozen-config.ts';

/**
 * Certifies a certificate that follows ours with our primary key, so that `gpg --check-sigs` tells whoever has ours that
 * it vouches for the other. Armored; undefined where our key cannot certify any more, because it has expired.
 */
export async function vouchFor(
  certificate: string,
  ours: PrivateKey,
  at: Date,
): Promise<string | undefined> {
  const config = frozenConfig();
  const next = await readKey({ armoredKey: certificate, config });
  const certifying = withoutSubkeys(ours);
  try {
    await certifying.getSigningKey(undefined, at, undefined, config);
  } catch {
    return undefined;
  }
  const vouched = await next.signAllUsers([certifying], at, config);
  return vouched.armor(config);
}

/** The library signs user ids with the newest signing subkey, whose certifications nobody accepts (RFC 9580 §10.1.5). */
function withoutSubkeys(key: PrivateKey): PrivateKey {
  const packets = key.toPacketList();
  const end = packets.findIndex(
    ({ constructor }) => (constructor as { tag?: number }).tag === enums.packet.secretSubkey,
  );
  const kept = new PacketList();
  kept.push(...packets.slice(0, end < 0 ? packets.length : end));
  return new PrivateKey(kept);
}
