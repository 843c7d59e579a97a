import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { builtinProfiles } from '../../src/domain/formats/builtin-profiles.ts';
import { digestOf } from '../../src/domain/handoff/plan.ts';
import { sourceSpecSchema } from '../../src/domain/intake/source-spec.ts';
import { createKeyRing } from '../../src/edge/keys/open-key-ring.ts';
import { openpgpCertificates } from '../../src/edge/openpgp/inspect-certificate.ts';
import type { PrepareJob, PrepareReceiver } from '../../src/exchange/handoff/card-process.ts';
import { bytesOf } from './chunks.ts';
import { ourTestKey, testPassphrase } from './our-test-key.ts';
import { cardDigits, seededRandom } from './seeded-cards.ts';

/** A job for the real CDE process: real keys, a list of made-up cards, one recipient. */
export async function cardJob(folder: string, cards: number): Promise<PrepareJob> {
  const outbox = join(folder, 'outbox');
  mkdirSync(outbox);
  const workspaceKeyPath = join(folder, 'workspace.key.json');
  (await createKeyRing(workspaceKeyPath, 'drill-1', testPassphrase)).destroy();
  const openpgpKeyPath = join(folder, 'openpgp.private.asc');
  const ours = (await ourTestKey()).generated;
  writeFileSync(openpgpKeyPath, ours.privateKey, { mode: 0o600 });
  const openpgpKeys = [{ path: openpgpKeyPath, fingerprint: ours.fingerprint }];
  const { generated } = await ourTestKey();
  const certificate = await openpgpCertificates.inspect(bytesOf(generated.certificate), {
    ...{ fingerprint: generated.fingerprint, purpose: 'encrypt', allow: [], at: new Date() },
  });
  const source = join(folder, 'list.txt');
  writeFileSync(source, listOf(cards));
  return {
    mode: 'drill',
    dryRun: false,
    handoff: 'h-1',
    createdAt: new Date().toISOString(),
    sender: 'Example Shop K.K.',
    contact: '',
    incident: {
      ...{ id: 'shop-a-2020', merchant: 'Example Shop', caseNumber: '', stage: 'final' },
      ...{ elements: ['pan'], timeZone: 'Asia/Tokyo', excludedChannels: [] },
      windows: [
        {
          ...{ name: 'web', fromMs: 0, toMs: 2e12, listedOnly: false },
          ...{ fromText: '1970-01-01', toText: '2030-01-01' },
        },
      ],
    },
    sources: [{ path: source, spec: sourceSpecSchema.parse({ kind: 'recovered' }) }],
    senders: [],
    acceptHeld: [],
    recipients: [
      {
        ...{ id: 'psp', certificate: generated.certificate, fingerprint: certificate.fingerprint },
        ...{ allow: [], encryptionSubkey: certificate.encryptionSubkey!.fingerprint },
        ...{ profile: builtinProfiles[0]!, layout: 'per-recipient' },
      },
    ],
    routes: { routes: [], default_recipient: 'psp' },
    binTableDigest: digestOf(new Uint8Array(0)),
    firstReference: 1,
    ...{ outbox, workspaceKeyPath, openpgpKeys, workspaceId: 'drill-1' },
  };
}

/** One number a line. */
function listOf(cards: number): string {
  const rng = seededRandom(cards);
  const lines = Array.from({ length: cards }, (_, at) =>
    cardDigits(rng, { prefix: `49${String(at).padStart(7, '0')}` }).join(''),
  );
  return `${lines.join('\n')}\n`;
}

/** Counts what streams in; `on` may interfere at each call. */
export class CountingReceiver implements PrepareReceiver {
  readonly counts = {
    progress: 0,
    sealing: 0,
    findings: 0,
    card: 0,
    hash: 0,
    relied: 0,
    repeated: 0,
    reference: 0,
    person: 0,
  };
  readonly #on: ((what: keyof CountingReceiver['counts']) => void) | undefined;

  constructor(on?: (what: keyof CountingReceiver['counts']) => void) {
    this.#on = on;
  }

  progress(phase: 'reading' | 'sealing'): void {
    void this.#count(phase === 'sealing' ? 'sealing' : 'progress');
  }

  findings = (): Promise<void> => this.#count('findings');
  cardPage = (): Promise<void> => this.#count('card');
  hashPages = (): Promise<void> => this.#count('hash');
  reliedPage = (): Promise<void> => this.#count('relied');
  repeatedPage = (): Promise<void> => this.#count('repeated');
  referencePage = (): Promise<void> => this.#count('reference');
  personPage = (): Promise<void> => this.#count('person');

  #count(what: keyof CountingReceiver['counts']): Promise<void> {
    this.counts[what] += 1;
    this.#on?.(what);
    return Promise.resolve();
  }
}

/** Sealed files under their final names. */
export function sealedIn(job: PrepareJob): string[] {
  return readdirSync(job.outbox).filter((name) => name.endsWith('.pgp') && !name.startsWith('.'));
}
