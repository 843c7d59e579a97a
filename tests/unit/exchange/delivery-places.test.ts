import { describe, expect, it } from 'vitest';

import { DeliveryPlaces } from '../../../src/exchange/delivery/delivery-places.ts';

/** Deliveries that end when the test says so. */
class Deliveries {
  readonly begun: string[] = [];
  readonly #ends = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();

  start(places: DeliveryPlaces, recipient: string, name = recipient): Promise<string> {
    return places.run(recipient, async () => {
      this.begun.push(name);
      await new Promise<void>((resolve, reject) => this.#ends.set(name, { resolve, reject }));
      return name;
    });
  }

  async end(name: string, error?: Error): Promise<void> {
    const { resolve, reject } = this.#ends.get(name)!;
    if (error === undefined) resolve();
    else reject(error);
    await new Promise((done) => setImmediate(done));
  }
}

describe('DeliveryPlaces', () => {
  it('runs at most as many as it has places, the others in order of arrival', async () => {
    const [places, deliveries] = [new DeliveryPlaces(2), new Deliveries()];
    const all = ['a', 'b', 'c', 'd'].map((name) => deliveries.start(places, name));
    expect(deliveries.begun).toEqual(['a', 'b']);
    await deliveries.end('b');
    expect(deliveries.begun).toEqual(['a', 'b', 'c']);
    await deliveries.end('a');
    await deliveries.end('c');
    await deliveries.end('d');
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('sends to one recipient one file at a time, and takes no place for the one that waits', async () => {
    const [places, deliveries] = [new DeliveryPlaces(2), new Deliveries()];
    const first = deliveries.start(places, 'a', 'a1');
    const second = deliveries.start(places, 'a', 'a2');
    const other = deliveries.start(places, 'b');
    expect(deliveries.begun).toEqual(['a1', 'b']);
    await deliveries.end('a1');
    expect(deliveries.begun).toEqual(['a1', 'b', 'a2']);
    await deliveries.end('a2');
    await deliveries.end('b');
    await Promise.all([first, second, other]);
  });

  it('gives the place on after an error, also to the same recipient', async () => {
    const [places, deliveries] = [new DeliveryPlaces(1), new Deliveries()];
    const failing = deliveries.start(places, 'a', 'a1');
    const next = deliveries.start(places, 'a', 'a2');
    const refused = expect(failing).rejects.toThrow('lost');
    await deliveries.end('a1', new Error('lost'));
    await refused;
    expect(deliveries.begun).toEqual(['a1', 'a2']);
    await deliveries.end('a2');
    expect(await next).toBe('a2');
  });
});
