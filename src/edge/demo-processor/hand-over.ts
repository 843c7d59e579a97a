import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { DemoSource, OurSide } from '../../exchange/demo/demo-partners.ts';
import { makeSources } from '../demo-sources/make-sources.ts';
import { plannedOrders, plannedRecovered } from '../demo-sources/order-kinds.ts';
import { openpgpCertificates } from '../openpgp/inspect-certificate.ts';
import type { OurKey } from '../openpgp/our-key.ts';
import { OpenpgpSealer } from '../openpgp/seal.ts';

const ORDERS = 'orders.csv';
const RECOVERED = 'recovered.csv.pgp';

/** Writes the shop's export and the investigator's list, the latter signed by the investigator and sealed to us. */
export async function handOver(
  directory: string,
  seed: number,
  investigator: OurKey,
  us: OurSide,
): Promise<{ orders: DemoSource; recovered: DemoSource }> {
  const made = makeSources(seed);
  const sealed = await sealTo(us, investigator, made.recovered);
  made.recovered.fill(0);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const write = async (
    name: string,
    content: Uint8Array,
    planted: DemoSource['planted'],
  ): Promise<DemoSource> => {
    const path = join(directory, name);
    await writeFile(path, content, { mode: 0o600, flag: 'wx' });
    const records = Object.values(planted).reduce((sum, count) => sum + count, 0);
    return { path, name, bytes: content.length, records, planted };
  };
  const orders = await write(ORDERS, made.orders, plannedOrders);
  made.orders.fill(0);
  return { orders, recovered: await write(RECOVERED, sealed, plannedRecovered) };
}

async function sealTo(us: OurSide, investigator: OurKey, list: Uint8Array): Promise<Uint8Array> {
  const certificate = new TextEncoder().encode(us.certificate);
  const { encryptionSubkey } = await openpgpCertificates.inspect(certificate, {
    fingerprint: us.fingerprint,
    purpose: 'encrypt',
    allow: [],
    at: new Date(),
  });
  const sealed = new OpenpgpSealer(investigator).seal({
    payload: [list],
    certificate,
    fingerprint: us.fingerprint,
    encryptionSubkey: encryptionSubkey!.fingerprint,
    allow: [],
    armor: false,
  });
  const parts: Uint8Array[] = [];
  for await (const part of sealed) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}
