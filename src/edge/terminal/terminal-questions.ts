import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';

import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { Questions } from '../../exchange/lookup/questions.ts';

const completionsMax = 40;

/**
 * Asks with Node's line editor on standard input and standard error. Each question has an editor of its own, so that
 * between two of them the terminal is as it was: passphrases are read there without echo, and Ctrl-C is a signal.
 */
export const terminalQuestions: Questions = {
  async dropTyped() {
    const drop = (): void => undefined;
    process.stdin.on('data', drop).resume();
    // Each turn polls the terminal once, and waits for nothing.
    for (let turn = 0; turn < 3; turn += 1) await setImmediate();
    process.stdin.pause().off('data', drop);
  },

  async ask(prompt, { files = false, signal }) {
    const reader = createInterface({
      input: process.stdin,
      output: process.stderr,
      terminal: true,
      historySize: 0,
      ...(files ? { completer: completePath } : {}),
    });
    try {
      return await oneLine(reader, prompt, signal);
    } finally {
      reader.close();
    }
  },
};

/** Whether a person sits there: what is asked, typed and shown must all be on a terminal. */
export function isAtTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY && process.stderr.isTTY;
}

function oneLine(reader: Interface, prompt: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const interrupted = (): void => {
      reject(new WorkspaceFault('dialogue-interrupted'));
    };
    signal.addEventListener('abort', interrupted, { once: true });
    reader.once('SIGINT', interrupted);
    reader.once('close', () => {
      signal.removeEventListener('abort', interrupted);
      // After an answer this changes nothing.
      interrupted();
    });
    if (signal.aborted) interrupted();
    else {
      reader.question(prompt, (line) => {
        resolve(line.trim());
      });
    }
  });
}

/** Names that begin as the typed one does; directories with a slash, so that the next tab goes on inside. */
function completePath(typed: string): [string[], string] {
  const folder = typed.endsWith('/') ? typed : dirname(typed);
  const start = typed.endsWith('/') ? '' : basename(typed);
  try {
    const found = readdirSync(typed === '' ? '.' : folder, { withFileTypes: true })
      .filter(({ name }) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
      .slice(0, completionsMax)
      .map((entry) => {
        const isBare = typed === '' || (folder === '.' && !typed.startsWith('./'));
        const path = isBare ? entry.name : join(folder, entry.name);
        return entry.isDirectory() ? `${path}/` : path;
      });
    return [found, typed];
  } catch {
    return [[], typed];
  }
}
