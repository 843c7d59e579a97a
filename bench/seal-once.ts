// Seals one file as the card process does and tells how long that took. Started by sealing-bench.ts:
//
//   node seal-once.ts PAYLOAD OUTPUT CERTIFICATE FINGERPRINT OUR_KEY PASSPHRASE_FILE

import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';

import { CHUNK_BYTES } from '../src/domain/formats/profile-writer.ts';
import { openpgpCertificates } from '../src/edge/openpgp/inspect-certificate.ts';
import { unlockOurKey } from '../src/edge/openpgp/our-key.ts';
import { OpenpgpSealer } from '../src/edge/openpgp/seal.ts';

const [payload, output, certificateFile, fingerprint, ourKeyFile, passphraseFile] =
  process.argv.slice(2) as [string, string, string, string, string, string];

const passphrase = new TextEncoder().encode((await readFile(passphraseFile, 'utf8')).trimEnd());
const ourKey = await unlockOurKey(await readFile(ourKeyFile), passphrase);
const certificate = await readFile(certificateFile);
const allow = [] as const;
const inspected = await openpgpCertificates.inspect(certificate, {
  ...{ fingerprint, purpose: 'encrypt', allow, at: new Date() },
});

const began = performance.now();
const cpuBefore = process.cpuUsage();
const sealed = new OpenpgpSealer(ourKey).seal({
  payload: createReadStream(payload, { highWaterMark: CHUNK_BYTES }),
  ...{ certificate, fingerprint, allow, armor: false },
  encryptionSubkey: inspected.encryptionSubkey!.fingerprint,
});
const file = await open(output, 'w', 0o600);
for await (const chunk of sealed) await file.writeFile(chunk);
await file.close();
const cpu = process.cpuUsage(cpuBefore);
const seconds = (performance.now() - began) / 1000;
console.log(JSON.stringify({ seconds, cpuSeconds: (cpu.user + cpu.system) / 1e6 }));
