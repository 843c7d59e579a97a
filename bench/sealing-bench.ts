import { createHash } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { ByteWriter } from './byte-writer.ts';
import { measuredRun } from './measured-run.ts';
import type { Scratch } from './scratch.ts';
import type { Workspace } from './workspace.ts';

const sealOnce = fileURLToPath(new URL('./seal-once.ts', import.meta.url));
const mebibyte = 1_048_576;

/** One run each: seconds on the wall and of processor time. */
export interface Timed {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

export interface SealingRuns {
  readonly bytes: number;
  readonly ours: readonly Timed[];
  readonly gpg: readonly Timed[];
}

/**
 * The same bytes signed with an RSA-4096 key and encrypted to one RSA-3072 certificate, AES-256, not compressed, by our
 * sealer and by gpg in turns. Ours is timed without the start of Node and the unlocking of the key, which a prepare pays
 * once; gpg as a whole, since sealing is all it does. The first sealed file must decrypt to the payload.
 */
export async function sealingBench(
  scratch: Scratch,
  workspace: Workspace,
  mebibytes: number,
  runs: number,
  onRun: (said: string) => void,
): Promise<SealingRuns> {
  const payload = scratch.path('payload');
  const sha256 = writePayload(payload, mebibytes);
  const ours: Timed[] = [];
  const gpg: Timed[] = [];
  for (let run = 1; run <= runs; run++) {
    const own = await sealOurs(scratch, workspace, payload);
    if (run === 1) await assertOpens(workspace, scratch.path('sealed'), sha256);
    ours.push(own);
    const other = await sealWithGpg(scratch, workspace, payload);
    gpg.push(other);
    onRun(
      `sealing ${run}/${runs}: ours ${own.seconds.toFixed(2)} s, gpg ${other.seconds.toFixed(2)} s`,
    );
  }
  const bytes = statSync(payload).size;
  for (const name of ['payload', 'sealed']) await rm(scratch.path(name), { force: true });
  return { bytes, ours, gpg };
}

/** Lines of digits and commas, as outgoing files have them; returns the SHA-256. */
export function writePayload(path: string, mebibytes: number): string {
  const block = new Uint8Array(mebibyte);
  for (let at = 0; at < block.length; at++) block[at] = 0x30 + ((at * 7 + (at >> 5)) % 10);
  for (let at = 33; at < block.length; at += 34) block.set([0x0d, 0x0a], at - 1);
  const file = new ByteWriter(path);
  const hash = createHash('sha256');
  for (let written = 0; written < mebibytes; written++) {
    file.put(block);
    hash.update(block);
  }
  file.end();
  return hash.digest('hex');
}

async function sealOurs(scratch: Scratch, workspace: Workspace, payload: string): Promise<Timed> {
  const { gpg, fingerprint } = workspace.firstRecipient;
  const certificate = scratch.path('sealing.gpg');
  writeFileSync(certificate, await gpg.exportKey(fingerprint));
  const key = scratch.path('workspace', 'keys', 'openpgp.private.asc');
  const { output } = await measuredRun(scratch, process.execPath, [
    ...[sealOnce, payload, scratch.path('sealed'), certificate, fingerprint],
    ...[key, workspace.passphraseFile],
  ]);
  return JSON.parse(output) as Timed;
}

async function sealWithGpg(
  scratch: Scratch,
  workspace: Workspace,
  payload: string,
): Promise<Timed> {
  const { gpg, signer } = await workspace.peer();
  const { fingerprint } = workspace.firstRecipient;
  const { seconds, cpuSeconds } = await measuredRun(scratch, 'gpg', [
    ...['--homedir', gpg.path, '--batch', '--quiet', '--yes', '--trust-model', 'always'],
    ...['--compress-algo', 'none', '--cipher-algo', 'AES256', '--digest-algo', 'SHA512'],
    ...['--local-user', signer, '--recipient', fingerprint],
    ...['--output', scratch.path('sealed'), '--sign', '--encrypt', payload],
  ]);
  return { seconds, cpuSeconds };
}

async function assertOpens(workspace: Workspace, sealed: string, sha256: string): Promise<void> {
  const { output } = await workspace.firstRecipient.gpg.run(['--decrypt', sealed]);
  const found = createHash('sha256').update(output).digest('hex');
  if (found !== sha256) throw new Error('gpg does not decrypt our sealed file to the payload');
}
