import { createHash } from 'node:crypto';

import type {
  Courier,
  Progress,
  ReadBack,
  RemoteBox,
  Sighting,
  SftpEndpoint,
  UploadResult,
} from '../../src/exchange/delivery/courier.ts';
import { DeliveryFault } from '../../src/exchange/delivery/delivery-errors.ts';

/** A recipient's directory in memory, with the promises of the port and nothing else. */
export class MemoryCourier implements Courier {
  readonly files = new Map<string, Uint8Array>();
  hostKey = `SHA256:${'M'.repeat(43)}`;

  connect(endpoint: SftpEndpoint): Promise<RemoteBox> {
    if (endpoint.hostKeys.length === 0)
      return Promise.reject(new DeliveryFault('host-key-missing'));
    if (!endpoint.hostKeys.includes(this.hostKey)) {
      return Promise.reject(new DeliveryFault('host-key-changed', { presented: [this.hostKey] }));
    }
    return Promise.resolve(new MemoryBox(this.files, this.hostKey));
  }
}

class MemoryBox implements RemoteBox {
  readonly hostKey: string;
  readonly features = { canSync: true, canTellSpace: true };
  readonly #files: Map<string, Uint8Array>;
  #isOpen = true;

  constructor(files: Map<string, Uint8Array>, hostKey: string) {
    this.#files = files;
    this.hostKey = hostKey;
  }

  async look(name: string): Promise<Sighting> {
    await this.#turn();
    const found = this.#files.get(name);
    return found && { sizeBytes: found.length, isFile: true };
  }

  async freeBytes(): Promise<number | undefined> {
    await this.#turn();
    return 1_000_000_000;
  }

  async upload(
    name: string,
    payload: AsyncIterable<Uint8Array>,
    _sizeBytes: number,
    onProgress?: Progress,
  ): Promise<UploadResult> {
    await this.#turn();
    if (this.#files.has(name)) throw new DeliveryFault('temporary-taken', { file: name });
    const hash = createHash('sha256');
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of payload) {
      chunks.push(chunk.slice());
      hash.update(chunk);
      bytes += chunk.length;
      await onProgress?.(bytes);
    }
    this.#files.set(name, new Uint8Array(Buffer.concat(chunks)));
    return { bytes, sha256: hash.digest('hex'), remoteBytes: bytes, isSynced: true };
  }

  async readBack(name: string, maxBytes: number): Promise<ReadBack> {
    await this.#turn();
    const found = this.#files.get(name)?.subarray(0, maxBytes + 1);
    return (
      found && { bytes: found.length, sha256: createHash('sha256').update(found).digest('hex') }
    );
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#turn();
    const found = this.#files.get(from);
    if (this.#files.has(to)) throw new DeliveryFault('target-taken', { file: to });
    if (found === undefined) throw new DeliveryFault('remote-failure', { step: 'rename' });
    this.#files.delete(from);
    this.#files.set(to, found);
  }

  async remove(name: string): Promise<void> {
    await this.#turn();
    this.#files.delete(name);
  }

  close(): Promise<void> {
    this.#isOpen = false;
    return Promise.resolve();
  }

  async #turn(): Promise<void> {
    await Promise.resolve();
    if (!this.#isOpen) throw new DeliveryFault('connection-lost', { step: 'closed' });
  }
}
