import { recipientSchema } from '../../src/domain/recipients/recipient.ts';
import { SqliteAllotments } from '../../src/edge/sqlite/allotted-names.ts';
import { SqliteFixedCheckpoints } from '../../src/edge/sqlite/fixed-checkpoints.ts';
import { SftpCourier } from '../../src/edge/sftp/sftp-courier.ts';
import type { SftpKeyPair } from '../../src/edge/sftp/sftp-key.ts';
import { deliverHandoff } from '../../src/exchange/delivery/deliver-handoff.ts';
import type { Delivered } from '../../src/exchange/delivery/deliver-handoff.ts';
import type { DeliverRequest, DeliverySecrets } from '../../src/exchange/delivery/deliver-ports.ts';
import type { DeliveryParts } from '../../src/exchange/delivery/delivery-run.ts';
import type { HandoverFolder } from '../../src/exchange/delivery/write-batch.ts';
import type { BatchRow } from '../../src/exchange/handoff/handoff-register.ts';
import { ExchangeDesk } from './exchange-desk.ts';
import { fingerprintOf } from './recipient-entry.ts';

/** Where a recipient of the desk takes its files. */
export interface PeerPlace {
  readonly port: number;
  readonly hostKey: string;
  readonly directory: string;
  /** Keys of the endpoint as `recipients.toml` has them. */
  readonly traits?: object;
}

/** A folder from which a person takes the files. */
export interface FolderPlace {
  readonly folder: string;
  readonly traits?: object;
}

/** A box that the holder of this key opens. */
export interface BoxPlace {
  readonly key: string;
}

const brands = ['visa', 'mastercard', 'jcb', 'unionpay', 'diners-club'] as const;

/** A desk that also delivers, over real SFTP, with a database of its own. The checkpoint is not signed. */
export class DeliveringDesk extends ExchangeDesk {
  key: SftpKeyPair | undefined;
  courier = new SftpCourier({ requestMs: 60_000, loginMs: 60_000 });
  handover: HandoverFolder = { put: () => Promise.resolve() };
  override readonly publicKeys = {
    openpgp: () => Promise.resolve('F'.repeat(40)),
    sftp: () => Promise.resolve({ line: '', fingerprint: '', algorithm: '' }),
  };

  /** Combinations that were read back; in a drill nobody asks. */
  readonly recipientTests = {
    passed: () => Promise.resolve(undefined),
    standFor: () => Promise.resolve(),
  };

  readonly allotments = new SqliteAllotments(this.store.db, this.clock);

  readonly fixedCheckpoints = new SqliteFixedCheckpoints(this.store.db);

  readonly callSheets = (): [] => [];

  readonly deliveryParts = (): DeliveryParts => ({
    courier: this.courier,
    journal: this.store.journal,
    clock: this.clock,
    pause: { sleep: () => Promise.resolve() },
  });

  readonly openSecrets = (): Promise<DeliverySecrets> =>
    Promise.resolve({
      credentials: () =>
        Promise.resolve(this.key === undefined ? {} : { privateKey: this.key.privateKey }),
      signCheckpoint: () => Promise.resolve({ size: 0, note: '' }),
      close: () => undefined,
    });

  /** Makes these the recipients, in this order, and gets a handoff for all of them approved. Returns its id. */
  async approvedFor(
    places: Readonly<Record<string, PeerPlace | FolderPlace | BoxPlace | 'folder'>>,
  ): Promise<string> {
    const ids = Object.keys(places);
    this.configuration.recipients = ids.map((id, at) => recipientOf(id, at, places[id]!));
    this.cardProcess.cards = Object.fromEntries(ids.map((id, at) => [id, [at * 10, at * 10 + 1]]));
    await this.openIncident({
      default_recipient: ids[0]!,
      routes: ids.slice(1).map((recipient, at) => ({ brand: brands[at]!, recipient })),
    });
    const { handoff } = await this.prepare();
    await this.request(handoff);
    await this.decide(handoff);
    return handoff;
  }

  deliver(handoff: string, more: Partial<DeliverRequest> = {}): Promise<Delivered> {
    return deliverHandoff(this, { handoff, officer: 'officer-1', recipient: undefined, ...more });
  }

  async batchFor(handoff: string, recipient: string): Promise<BatchRow> {
    const batches = await this.handoffs.batchesOf(handoff);
    return batches.find((batch) => batch.recipient === recipient)!;
  }
}

function recipientOf(
  id: string,
  at: number,
  place: PeerPlace | FolderPlace | BoxPlace | 'folder',
): ReturnType<typeof recipientSchema.parse> {
  const folder = place === 'folder' ? { folder: '/out' } : place;
  return recipientSchema.parse({
    ...{ id, certificate: `keys/recipients/${id}.asc`, fingerprint: fingerprintOf(100 + at) },
    ...{ encryption_subkey: fingerprintOf(2), endpoints: [endpointOf(folder)] },
    ...{ confirmed_by: 'a phone call', confirmed_at: '2026-11-20T10:00:00+09:00' },
  });
}

function endpointOf(place: PeerPlace | FolderPlace | BoxPlace): object {
  if ('key' in place) return { kind: 'pickup', keys: [place.key] };
  if ('folder' in place) return { kind: 'manual', directory: place.folder, ...place.traits };
  return {
    ...{ kind: 'sftp', host: '127.0.0.1', port: place.port, user: 'peer' },
    ...{ directory: place.directory, host_keys: [place.hostKey], ...place.traits },
  };
}
