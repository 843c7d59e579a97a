import { randomInt } from 'node:crypto';
import type { Socket } from 'node:net';

import { networkOf } from '../../domain/pickup/network-of.ts';
import { FAMILIAR_ADDRESSES_MAX } from '../../exchange/pickup/pickup-book.ts';

/** Connections that have not logged in, over all; a quarter of them is for addresses that logged in before. */
const UNKNOWN_MAX = 64;
const RESERVED = 16;
/** The same from one address. */
const UNKNOWN_PER_SOURCE_MAX = 8;
const CONNECTIONS_MAX = 256;

/** A connection from its first byte on. */
export interface Visit {
  readonly socket: Socket;
  readonly from: string;
  /** What counts as one source: an address of IPv4, a network of IPv6. */
  readonly source: string;
  isKnown: boolean;
}

/**
 * Who may come in before anybody knows who it is. A flood from few addresses fills what those may have and no more; when
 * all places are taken, the address with most of them gives up its oldest, and when each has one, one by lot. Addresses
 * that logged in before have places that nobody else gets.
 */
export class ConnectionGate {
  readonly #visits = new Set<Visit>();
  /** Oldest first. */
  readonly #familiar = new Set<string>();
  /** Of these, those of earlier runs from which nobody came in this one. */
  readonly #remembered = new Set<string>();

  /** Nothing when there is no room: the caller drops the socket. */
  admit(socket: Socket): Visit | undefined {
    const from = addressOf(socket);
    const visit: Visit = { socket, from, source: networkOf(from), isKnown: false };
    if (this.#visits.size >= CONNECTIONS_MAX) return undefined;
    if (this.#pendingOf(visit.source).length >= UNKNOWN_PER_SOURCE_MAX) return undefined;
    if (!this.#makeRoom(visit.source)) return undefined;
    this.#visits.add(visit);
    socket.once('close', () => {
      this.#visits.delete(visit);
    });
    return visit;
  }

  /**
   * They logged in: the place they waited in is free, and their address is the newest that is known. Whether this is to be
   * kept for the next run: once in each, since otherwise who comes every day is forgotten as the oldest.
   */
  recognise(visit: Visit): boolean {
    visit.isKnown = true;
    const isNew = this.#know(visit.source);
    return this.#remembered.delete(visit.source) || isNew;
  }

  /** Somebody logged in from there in an earlier run. */
  remember(address: string): void {
    const source = networkOf(address);
    this.#know(source);
    this.#remembered.add(source);
  }

  #know(source: string): boolean {
    const isNew = !this.#familiar.delete(source);
    this.#familiar.add(source);
    const [oldest] = this.#familiar;
    if (this.#familiar.size > FAMILIAR_ADDRESSES_MAX) this.#familiar.delete(oldest!);
    return isNew;
  }

  get visits(): readonly Visit[] {
    return [...this.#visits];
  }

  #makeRoom(source: string): boolean {
    const strangers = this.visits.filter(
      (visit) => !visit.isKnown && !this.#familiar.has(visit.source),
    );
    if (this.#familiar.has(source)) {
      const pending = this.visits.filter(({ isKnown }) => !isKnown).length;
      return pending < UNKNOWN_MAX || this.#dropOne(strangers);
    }
    return strangers.length < UNKNOWN_MAX - RESERVED || this.#dropOne(strangers, source);
  }

  /** One for a newcomer from `source`, or from a familiar one; none where `source` itself has as many as any other. */
  #dropOne(strangers: readonly Visit[], source?: string): boolean {
    const counts = new Map<string, number>();
    for (const visit of strangers) counts.set(visit.source, (counts.get(visit.source) ?? 0) + 1);
    const [busiest, most] = [...counts].toSorted(([, left], [, right]) => right - left)[0] ?? [];
    if (busiest === undefined) return false;
    const own = source === undefined ? 0 : (counts.get(source) ?? 0);
    if (own > 0 && own + 1 >= most!) return false;
    // Nobody knows which of a thousand addresses is honest: by lot each has time enough to log in, now or the next time.
    const dropped =
      most === 1
        ? strangers[randomInt(strangers.length)]!
        : strangers.find((visit) => visit.source === busiest)!;
    this.#visits.delete(dropped);
    dropped.socket.destroy();
    return true;
  }

  #pendingOf(source: string): readonly Visit[] {
    return this.visits.filter((visit) => !visit.isKnown && visit.source === source);
  }
}

/** An address of the other side; one of IPv4 reads the same however the server listens. */
function addressOf({ remoteAddress = 'unknown' }: Socket): string {
  return remoteAddress.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '');
}
