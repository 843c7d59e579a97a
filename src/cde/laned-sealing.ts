import type { Worker } from 'node:worker_threads';

import { Fault } from '../domain/fault.ts';
import type { SealedFile } from '../edge/files/sealed-file.ts';
import type { BatchMessage, ToLane } from './lane-messages.ts';
import type { SealTask, Sign } from './write-sealed-batch.ts';

interface Sealing {
  readonly sign: Sign;
  readonly onProgress: (cards: number) => void;
  readonly answer: (message: ToLane) => void;
  readonly resolve: (sealed: SealedFile) => void;
  readonly reject: (error: unknown) => void;
  /** Why the digest was not signed. */
  refusal?: unknown;
}

/** Batches that other threads write: signs for them here, where our key is, and hears how they end. */
export class LanedSealing {
  readonly #open = new Map<string, Sealing>();

  /** Rejects with the fault of the thread, which has left its cause behind. */
  write(
    worker: Worker,
    task: SealTask,
    sign: Sign,
    onProgress: (cards: number) => void,
  ): Promise<SealedFile> {
    return new Promise((resolve, reject) => {
      const answer = (message: ToLane): void => {
        worker.postMessage(message);
      };
      this.#open.set(task.file, { sign, onProgress, answer, resolve, reject });
      answer({ kind: 'seal', task });
      // The thread has a copy of its own.
      task.opening.sessionKey.fill(0);
    });
  }

  receive(message: BatchMessage): void {
    const sealing = this.#open.get(message.file);
    if (sealing === undefined) return;
    switch (message.kind) {
      case 'progress':
        sealing.onProgress(message.cards);
        return;
      case 'digest':
        this.#sign(sealing, message.file, message.digest);
        return;
      case 'sealed':
        this.#open.delete(message.file);
        sealing.resolve(message.sealed);
        return;
      case 'seal-fault': {
        const { code, retry, facts } = message.fault;
        this.#open.delete(message.file);
        sealing.reject(sealing.refusal ?? new Fault(code, retry, facts));
      }
    }
  }

  /** A thread ended: whoever waits for one hears it. */
  fail(error: unknown): void {
    for (const { reject } of this.#open.values()) reject(error);
    this.#open.clear();
  }

  #sign(sealing: Sealing, file: string, digest: Uint8Array): void {
    sealing.sign(digest).then(
      (packet) => {
        sealing.answer({ kind: 'signature', file, packet });
      },
      (error: unknown) => {
        // Told when the thread has taken away what it wrote.
        sealing.refusal = error;
        sealing.answer({ kind: 'signature', file, packet: undefined });
      },
    );
  }
}
