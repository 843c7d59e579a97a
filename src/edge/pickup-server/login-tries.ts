import type { AuthContext } from 'ssh2';

import type { LoginRefusal, RefusedLogin } from '../../exchange/pickup/pickup-server.ts';
import { fingerprintOf } from '../sftp/host-key-pins.ts';
import type { ServeLine } from './serve-line.ts';
import { isBoxName } from './wire.ts';

/** What clients do that have several keys, or names for what they do with them, until one is taken. */
const searching: readonly LoginRefusal[] = ['key-not-taken', 'key-algorithm'];

/**
 * What was refused of one connection, told to `serve` once it is known how the login ended, each kind once: whoever
 * offers several keys and then comes in with one of them was refused nothing. A connection holds as many as there may be
 * tries, and is told of whether it broke or not.
 */
export class LoginTries {
  readonly #line: ServeLine;
  readonly #from: string;
  #refused: readonly RefusedLogin[] = [];
  #isEnded = false;

  /** `from`: the address of the socket. */
  constructor(line: ServeLine, from: string) {
    this.#line = line;
    this.#from = from;
  }

  /** What was tried, and why not. */
  add(why: LoginRefusal, context: AuthContext): void {
    const { username } = context;
    const login = {
      ...(isBoxName(username) ? { box: username } : {}),
      ...(context.method === 'publickey' ? { key: fingerprintOf(context.key.data) } : {}),
      ...{ from: this.#from, why },
    };
    const isKnown = this.#refused.some(
      (each) => each.box === login.box && each.key === login.key && each.why === why,
    );
    if (!isKnown) this.#refused = [...this.#refused, login];
    // It was still being judged when they went.
    if (this.#isEnded) void this.tell();
  }

  /** They are in: what they tried until then was their way to it. A connection keeps to one user name. */
  welcomed(): void {
    this.#refused = this.#refused.filter(({ why }) => !searching.includes(why));
    void this.tell();
  }

  /** The connection is closed. */
  end(): void {
    this.#isEnded = true;
    void this.tell();
  }

  /** Resolves when `serve` has it. */
  async tell(): Promise<void> {
    const refused = this.#refused;
    this.#refused = [];
    await Promise.all(
      refused.map((login) => this.#line.ask<'turned-away'>({ what: 'turned-away', ...login })),
    );
  }
}
