import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { Fault } from '../../domain/fault.ts';
import { DemoFault } from '../../exchange/demo/demo-errors.ts';
import type { DemoPartners } from '../../exchange/demo/demo-partners.ts';
import type { AnswerMessage, Beginning, RequestMessage, RequestName, Requests } from './wire.ts';

/** Each answer takes a second or two; a process that was stopped never gives one. */
const ANSWER_MS = 30_000;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The partners' process, as the demo speaks to it. */
export class PartnerProcess implements DemoPartners {
  /** How long an answer may take; tests shorten it. */
  answerMs = ANSWER_MS;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  readonly #lost = new AbortController();
  #server: DemoPartners['server'] | undefined;
  #nextId = 1;
  #isClosing = false;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message) => {
      this.#receive(message as AnswerMessage);
    });
    child.once('exit', () => {
      this.#lose();
    });
    child.once('error', () => {
      this.#lose();
    });
  }

  /**
   * Starts the process, with nothing of our environment, and its server. Throws `demo-partner-lost` when either does not
   * come up.
   */
  static async start(beginning: Beginning): Promise<PartnerProcess> {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const entry = fileURLToPath(new URL(`./main.${extension}`, import.meta.url));
    const child = fork(entry, [], {
      execArgv: [],
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const partners = new PartnerProcess(child);
    try {
      partners.#server = await partners.#ask('begin', beginning);
      return partners;
    } catch (error) {
      await partners.close();
      throw error;
    }
  }

  get server(): DemoPartners['server'] {
    return this.#server!;
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** For tests that end or stop it. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  async meet(us: Requests['meet'][0]): Promise<void> {
    await this.#ask('meet', us);
  }

  handOverSources(): Promise<Requests['sources'][1]> {
    return this.#ask('sources', undefined);
  }

  receipts(): Promise<Requests['receipts'][1]> {
    return this.#ask('receipts', undefined);
  }

  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    this.#isClosing = true;
    if (exitCode !== null || signalCode !== null || this.#child.pid === undefined) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  #ask<Name extends RequestName>(name: Name, data: Requests[Name][0]): Promise<Requests[Name][1]> {
    if (this.#lost.signal.aborted) return Promise.reject(lost('ended'));
    const id = this.#nextId++;
    const message = { id, name, with: data } as RequestMessage;
    const { promise, resolve, reject } = Promise.withResolvers<Requests[Name][1]>();
    this.#waiting.set(id, { resolve: resolve, reject });
    this.#child.send(message, (error) => {
      if (error !== null) this.#lose();
    });
    const timer = setTimeout(() => {
      this.#waiting.delete(id);
      reject(lost('no-answer'));
    }, this.answerMs);
    return promise.finally(() => {
      clearTimeout(timer);
    });
  }

  #receive(answer: AnswerMessage): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('fault' in answer) {
      const { fault } = answer;
      const isFault = fault !== 'other';
      waiting?.reject(
        isFault
          ? new Fault(fault.code, fault.retry, fault.facts)
          : new Error('the demo partners failed'),
      );
    } else waiting?.resolve(answer.value);
  }

  #lose(): void {
    for (const waiting of this.#waiting.values()) waiting.reject(lost('ended'));
    this.#waiting.clear();
    if (!this.#isClosing) this.#lost.abort();
  }
}

function lost(reason: 'ended' | 'no-answer'): DemoFault {
  return new DemoFault('demo-partner-lost', { reason });
}
