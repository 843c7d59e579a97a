import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { configTemplates, makeWorkspace } from './compose-init.ts';
import { passphrasesFor } from './compose-passphrases.ts';
import { openWorkspace } from './compose.ts';
import {
  copySourceSpecs,
  exampleKeysDirectory,
  ExamplePeople,
} from './edge/demo-folder/example-people.ts';
import { openFolder } from './edge/demo-folder/open-folder.ts';
import type { DemoPlaces } from './edge/demo-folder/open-folder.ts';
import { PartnerProcess } from './edge/demo-processor/partner-process.ts';
import type { DemoPartners } from './exchange/demo/demo-partners.ts';
import type { DemoStory } from './exchange/demo/demo-story.ts';
import { runDemo } from './exchange/demo/run-demo.ts';
import type { DemoListener } from './exchange/demo/run-demo.ts';
import type { MadeWorkspace } from './exchange/workspace/workspace-maker.ts';

/** One seed makes one export: the numbers of the story are the same each time. */
const SEED = 20_200_408;
/** Sending both files takes less than a second here, and a few where everything else is slow. */
const DELIVERY_MS = 30_000;

export interface DemoRequest {
  /** Directory to leave everything in, to be looked at afterwards; it must be empty or not there. */
  readonly keep: string | undefined;
  readonly language: 'ja' | 'en';
}

export type { DemoPlaces };

/**
 * Plays the demo in a directory of its own, which is removed at the end, however it ended. With `keep` it stays when the
 * story came to its end.
 *
 * Throws `file-exists` for a directory that holds anything, and what `runDemo` throws.
 */
export async function playDemo(
  request: DemoRequest,
  listener: DemoListener,
): Promise<{ readonly story: DemoStory; readonly places: DemoPlaces }> {
  const folder = await openFolder(request.keep);
  const { places } = folder;
  let isKept = false;
  try {
    listener.begins('workspace');
    const people = await ExamplePeople.gather(places.people);
    const [partners, made] = await both(
      PartnerProcess.start({ directory: places.directory, keys: exampleKeysDirectory, seed: SEED }),
      makeDrill(places, people, request.language),
    );
    try {
      const story = await playIn(places, people, partners, made, listener);
      isKept = request.keep !== undefined;
      return { story, places };
    } finally {
      await partners.close();
    }
  } finally {
    if (!isKept) await folder.clear();
  }
}

/** Both take their time, and neither needs the other. */
async function both(
  starting: Promise<PartnerProcess>,
  making: Promise<MadeWorkspace>,
): Promise<[PartnerProcess, MadeWorkspace]> {
  const [started, made] = await Promise.allSettled([starting, making]);
  if (started.status === 'rejected') throw started.reason;
  if (made.status === 'fulfilled') return [started.value, made.value];
  await started.value.close();
  throw made.reason;
}

async function makeDrill(
  places: DemoPlaces,
  people: ExamplePeople,
  language: DemoRequest['language'],
): Promise<MadeWorkspace> {
  const passphrase = await passphrasesOf(people).read('workspace');
  try {
    return await makeWorkspace(
      {
        directory: places.workspace,
        mode: 'drill',
        organisation: 'Kitsutsuki Coffee K.K. (demo)',
        openpgp: 'ed25519',
        sftp: 'ed25519',
        anchor: places.anchor,
        language,
        timeZone: 'Asia/Tokyo',
        contact: undefined,
      },
      passphrase,
    );
  } finally {
    passphrase.fill(0);
  }
}

async function playIn(
  places: DemoPlaces,
  people: ExamplePeople,
  partners: DemoPartners,
  made: MadeWorkspace,
  listener: DemoListener,
): Promise<DemoStory> {
  const demoTables = join(configTemplates, 'demo');
  await copySourceSpecs(demoTables, places.workspace);
  const workspace = await openWorkspace(places.workspace, {
    door: 'demo',
    passphrases: passphrasesOf(people),
    callSheets: () => [],
  });
  try {
    listener.ends({ scene: 'workspace', id: made.id, fingerprint: made.openpgpFingerprint });
    const ports = {
      made,
      workspace,
      partners,
      certificate: (name) => people.certificate(name),
      proof: (officer) => people.proof(officer),
      files: {
        issuers: () => readFile(join(configTemplates, 'bins/demo.csv'), 'utf8'),
        incident: join(configTemplates, 'incidents/shop-a.toml'),
        orders: join(demoTables, 'orders.toml'),
        recovered: join(demoTables, 'recovered.toml'),
      },
      deliveryLimit: () => AbortSignal.timeout(DELIVERY_MS),
    } satisfies Parameters<typeof runDemo>[0];
    return await runDemo(ports, listener);
  } finally {
    await workspace.close();
  }
}

/** From the file alone: nobody is asked anything. */
function passphrasesOf(people: ExamplePeople): ReturnType<typeof passphrasesFor> {
  return passphrasesFor(
    { workspace: people.passphrasePath },
    { workspace: '', officer: '', repeat: '' },
  );
}
