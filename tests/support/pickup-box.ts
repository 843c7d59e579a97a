import { recipientSchema } from '../../src/domain/recipients/recipient.ts';
import { fingerprintOfLine, plainPublicKey } from '../../src/domain/recipients/pickup-key.ts';
import { ArrivalFolder } from '../../src/edge/files/arrival-folder.ts';
import { openpgpSeals } from '../../src/edge/openpgp/seal-watch.ts';
import { SqliteFamiliarAddresses } from '../../src/edge/sqlite/familiar-addresses.ts';
import { SqlitePickupBook } from '../../src/edge/sqlite/pickup-book.ts';
import type { BatchRow } from '../../src/exchange/handoff/handoff-register.ts';
import { InboxDesk } from '../../src/exchange/arrivals/inbox-desk.ts';
import { PickupDesk } from '../../src/exchange/pickup/pickup-desk.ts';
import type { PickupDeskPorts } from '../../src/exchange/pickup/pickup-desk.ts';
import type { PickupVisitor } from '../../src/exchange/pickup/pickup-book.ts';
import { DeliveringDesk } from './delivering-desk.ts';
import { recipientEntry } from './recipient-entry.ts';

/** A public key as OpenSSH writes it; `fill` makes it another one. */
function keyLine(fill: number): string {
  const field = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const blob = [field(Buffer.from('ssh-ed25519')), field(Buffer.alloc(32, fill))];
  return plainPublicKey(`ssh-ed25519 ${Buffer.concat(blob).toString('base64')}`)!;
}

const lines: Readonly<Record<string, string>> = { psp: keyLine(1), amex: keyLine(2) };
/** Of somebody who is no recipient. */
export const otherKeyLine = keyLine(3);

/** A recipient who comes with their key. */
export function visitorOf(recipient: 'psp' | 'amex'): PickupVisitor {
  return { box: recipient, key: fingerprintOfLine(lines[recipient]!), from: '192.0.2.7' };
}

/** A desk with an approved handoff for two recipients who fetch their files; `offer` puts both into their boxes. */
export class PickupBox extends DeliveringDesk {
  readonly pickups = new SqlitePickupBook(this.store.db, this.clock);
  readonly familiarAddresses = new SqliteFamiliarAddresses(this.store.db);
  readonly arrivalFiles = new ArrivalFolder(this.store.directory);
  readonly seals = openpgpSeals;
  handoff = '';

  /** `traits`: of both boxes, as recipients.toml has them; `keys`: those that open them, by recipient. */
  async offer(traits: { readonly offer_days?: number } = {}, keys = lines): Promise<void> {
    for (const [id, line] of Object.entries(keys)) {
      const { endpoints } = recipientSchema.parse(
        recipientEntry({ endpoints: [{ kind: 'pickup', keys: [line], ...traits }] }),
      );
      this.configuration.changeRecipient(id, { endpoints });
    }
    this.handoff = await this.requested();
    await this.decide(this.handoff);
    await this.deliver(this.handoff);
  }

  /** The batch of a recipient, as it stands now. */
  batch(recipient = 'psp'): Promise<BatchRow> {
    return this.batchFor(this.handoff, recipient);
  }

  desk(more: Partial<PickupDeskPorts> = {}, onReceipt = () => Promise.resolve()): PickupDesk {
    const ports = Object.assign(Object.create(this) as this, more);
    return new PickupDesk(ports, onReceipt, new InboxDesk(ports, onReceipt));
  }

  /** What was refused, in the order of the log: the code of each. */
  async refusals(): Promise<unknown[]> {
    const leaves = await this.store.leaves();
    const refused = leaves.filter(({ act }) => act === 'pickup-refused');
    return refused.map(({ data }) => [data['asked'], data['code']]);
  }
}
