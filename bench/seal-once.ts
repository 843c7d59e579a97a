// Seals one file as the card process does and tells how long that took. Started by sealing-bench.ts:
//
//   node seal-once.ts PAYLOAD OUTPUT CERTIFICATE FINGERPRINT OUR_KEY PASSPHRASE_FILE

import { openSync, readSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

import { CHUNK_BYTES } from '../src/domain/formats/profile-writer.ts';
import { BulkSealer } from '../src/edge/openpgp/bulk-sealer.ts';
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
const encryptionSubkey = inspected.encryptionSubkey!.fingerprint;

// Node's compiler is still at work on what was started so far; its threads would be counted as ours.
await pause(500);

const began = performance.now();
const cpuBefore = process.cpuUsage();
const { opening, sign } = await new OpenpgpSealer(ourKey).open({
  ...{ certificate, fingerprint, encryptionSubkey, allow, armor: false },
});
const bulk = new BulkSealer(opening);
const from = openSync(payload, 'r');
const to = openSync(output, 'w', 0o600);
const chunk = new Uint8Array(CHUNK_BYTES);
const write = (sealed: Uint8Array): void => {
  for (let at = 0; at < sealed.length;) at += writeSync(to, sealed, at);
};
write(bulk.start());
for (let read = readSync(from, chunk); read > 0; read = readSync(from, chunk)) {
  write(bulk.update(chunk.subarray(0, read)));
}
write(bulk.finish(await sign(bulk.digest())));
bulk.wipe();
const cpu = process.cpuUsage(cpuBefore);
const seconds = (performance.now() - began) / 1000;
console.log(JSON.stringify({ seconds, cpuSeconds: (cpu.user + cpu.system) / 1e6 }));
