import type { Configuration } from '../configuration/configuration.ts';
import { rowsFile, textFile } from './incident-kit.ts';
import type { KitFile } from './incident-kit.ts';
import { ourOpenpgpKeys } from '../keys/own-keys.ts';
import type { PublicKeys } from '../keys/public-keys.ts';

type PeoplePorts = Parameters<typeof ourOpenpgpKeys>[0] & {
  readonly configuration: Configuration;
  readonly publicKeys: PublicKeys;
};

/** Who is pinned, with their certificates, and our own public keys: what signatures are checked against. */
export async function peopleFiles(ports: PeoplePorts): Promise<readonly KitFile[]> {
  const { configuration } = ports;
  const { officers, recipients, senders, digest } = await configuration.load();
  const files: KitFile[] = [
    rowsFile('people/officers.json', officers),
    rowsFile('people/recipients.json', recipients),
    rowsFile('people/senders.json', senders),
    rowsFile('people/configuration.json', { digest }),
    ...(await ourFiles(ports)),
  ];
  for (const [kind, entries] of Object.entries({ officers, recipients, senders })) {
    for (const { id, certificate } of entries) {
      const bytes = await configuration.readCertificate(certificate);
      files.push({ path: `people/${kind}/${id}.asc`, bytes });
    }
  }
  return files;
}

/** A plan names the key that signed its files; of keys that another followed, too, somebody may want to check one. */
async function ourFiles(ports: PeoplePorts): Promise<readonly KitFile[]> {
  const keys = await ourOpenpgpKeys(ports);
  return Promise.all(
    keys.map(async ({ number, state }) => {
      const path = state === 'in-use' ? 'people/ours.asc' : `people/ours-${number}.asc`;
      return textFile(path, await ports.publicKeys.openpgp(number));
    }),
  );
}
