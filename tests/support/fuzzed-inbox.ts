import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { readKey } from 'openpgp';

import { ARRIVALS_MAX } from '../../src/domain/arrivals/arrival-limits.ts';
import { isArrivalName } from '../../src/domain/arrivals/arrival-name.ts';
import { recipientSchema } from '../../src/domain/recipients/recipient.ts';
import { InboxDesk } from '../../src/exchange/arrivals/inbox-desk.ts';
import type { Arrival } from '../../src/exchange/arrivals/arrival-book.ts';
import { ourTestKey } from './our-test-key.ts';
import { PickupBox } from './pickup-box.ts';
import { recipientEntry } from './recipient-entry.ts';

/** How long files may be on their way after the last connection ended. */
const DROP_MS = 30_000;

/** Where what is brought lies: the real desk behind `inbox` and `sources`, its database and its folder. */
export class FuzzedInbox {
  readonly #box = new PickupBox();
  #certificate = '';
  readonly desk: InboxDesk;
  /** All that was kept so far. */
  kept = 0;

  constructor() {
    const publicKeys = { openpgp: () => Promise.resolve(this.#certificate) };
    const ports = Object.assign(Object.create(this.#box) as PickupBox, { publicKeys });
    this.desk = new InboxDesk(ports, () => {
      this.kept += 1;
      return Promise.resolve();
    });
  }

  async start(): Promise<void> {
    ({ certificate: this.#certificate } = (await ourTestKey()).ourKey);
  }

  /** Id of the key that files may be encrypted to, in hexadecimal. */
  async keyId(): Promise<string> {
    const key = await readKey({ armoredKey: this.#certificate });
    return key.getSubkeys()[0]!.getKeyID().toHex();
  }

  /** This recipient may bring files with this key, answers also in clear. */
  open(id: string, line: string): void {
    const { endpoints, answers } = recipientSchema.parse(
      recipientEntry({
        endpoints: [{ kind: 'pickup', keys: [line] }],
        answers: { in_clear: true },
      }),
    );
    this.#box.configuration.changeRecipient(id, { endpoints, answers });
  }

  /** Codes of what was refused. */
  async refused(): Promise<ReadonlySet<string>> {
    return new Set((await this.#box.arrivals.refusals()).map(({ code }) => code));
  }

  /** Why what lies here is not what its rows say; nothing when it is. Afterwards nothing lies here. */
  async complaint(recipient: string): Promise<string | undefined> {
    const until = performance.now() + DROP_MS;
    while (this.#onDisk().some((name) => name.startsWith('.'))) {
      if (performance.now() > until) return `left on their way: ${this.#onDisk().join(' ')}`;
      await pause(20);
    }
    const lying = await this.#lying(recipient);
    for (const way of ['inbox', 'sources'] as const) {
      const { files } = await this.#box.arrivals.lying(recipient, way);
      if (files > ARRIVALS_MAX) return `${files} files of one way lie here`;
    }
    const names = lying.map(({ id }) => `${id}.pgp`).sort();
    if (JSON.stringify(names) !== JSON.stringify(this.#onDisk().sort())) {
      return `${names.join(' ')} on record, ${this.#onDisk().join(' ')} on the disk`;
    }
    const wrong = lying.find((arrival) => !this.#isAsItCame(arrival));
    if (wrong !== undefined) return `not as its row says: ${JSON.stringify(wrong)}`;
    for (const arrival of lying) await this.#clear(arrival);
    return undefined;
  }

  dispose(): Promise<void> {
    return this.#box.dispose();
  }

  async #lying(recipient: string): Promise<readonly Arrival[]> {
    const { arrivals } = this.#box;
    const answers = await arrivals.inState('arrived', recipient);
    return [...answers, ...(await arrivals.sources())];
  }

  #isAsItCame({ id, name, sha256, bytes }: Arrival): boolean {
    const found = readFileSync(this.#box.arrivalFiles.pathOf(id));
    const digest = createHash('sha256').update(found).digest('hex');
    // The packets of a message begin with the high bit set; what came in clear does not lie here as it came.
    const isSealed = (found[0]! & 0x80) !== 0 && !found.includes('mimamori');
    return found.length === bytes && digest === sha256 && isSealed && isArrivalName(name);
  }

  async #clear({ id, way }: Arrival): Promise<void> {
    const { arrivals, arrivalFiles } = this.#box;
    if (way === 'sources') await arrivals.move(id, { event: 'clear' });
    else {
      await arrivals.move(id, { event: 'quarantine', code: 'source-altered' });
      await arrivals.move(id, { event: 'settle' });
    }
    await arrivalFiles.remove(id);
  }

  #onDisk(): string[] {
    const folder = join(this.#box.store.directory, 'data/arrivals');
    return existsSync(folder) ? readdirSync(folder) : [];
  }
}
