import type { Configuration } from './configuration.ts';
import { rowsFile, textFile } from './incident-kit.ts';
import type { KitFile } from './incident-kit.ts';
import type { PublicKeys } from './public-keys.ts';

/** Who is pinned, with their certificates, and our own public keys: what signatures are checked against. */
export async function peopleFiles(ports: {
  readonly configuration: Configuration;
  readonly publicKeys: PublicKeys;
}): Promise<readonly KitFile[]> {
  const { configuration, publicKeys } = ports;
  const { officers, recipients, senders, digest } = await configuration.load();
  const files: KitFile[] = [
    rowsFile('people/officers.json', officers),
    rowsFile('people/recipients.json', recipients),
    rowsFile('people/senders.json', senders),
    rowsFile('people/configuration.json', { digest }),
    textFile('people/ours.asc', await publicKeys.openpgp()),
  ];
  for (const [kind, entries] of Object.entries({ officers, recipients, senders })) {
    for (const { id, certificate } of entries) {
      const bytes = await configuration.readCertificate(certificate);
      files.push({ path: `people/${kind}/${id}.asc`, bytes });
    }
  }
  return files;
}
