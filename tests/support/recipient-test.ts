import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Document } from './cli.ts';
import type { Keyholder, Kit } from './workspace-kit.ts';

/** What a person reads out of a test file: how many cards, and four digits of the first and the last. */
export interface ReadOut {
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/**
 * Reads a clear test file as a person would: a line with a card number in it is a card, and one with an invented
 * reference a reference.
 */
export function readOutOf(clear: string): ReadOut {
  const numbers = clear
    .split(/\r?\n/)
    .map(
      (line) =>
        /^2[0-9]{12}([0-9]{12,19}) *[0-9]/.exec(line)?.[1] ??
        /\b[0-9]{13,19}\b/.exec(line) ??
        /\bTEST-[0-9]{8}\b/.exec(line),
    )
    .filter((found) => found !== null)
    .map(String);
  const four = (at: number): string => numbers.at(at)?.slice(-4) ?? '';
  return { count: numbers.length, first: four(0), last: four(-1) };
}

/** Sends a test file and opens it at the recipient, who takes it away. Returns what they would read out. */
export async function receiveTest(kit: Kit, id: string, holder: Keyholder): Promise<ReadOut> {
  const shown = (await kit.done(['recipient', 'show', id])) as {
    readonly recipient: { readonly endpoints: readonly { readonly directory: string }[] };
  };
  // On this machine the directory on the server is a folder, too.
  const folder = shown.recipient.endpoints[0]!.directory;
  const before = readdirSync(folder);
  const test = [...kit.secret, '--as', kit.officer.id, 'recipient', 'test', id];
  const { file } = (await kit.done(test)) as { readonly file: string };
  const arrived = readdirSync(folder).filter((name) => !before.includes(name));
  const { output } = await holder.gpg.decrypt(new Uint8Array(readFileSync(join(folder, file))));
  for (const name of arrived) rmSync(join(folder, name));
  return readOutOf(new TextDecoder().decode(output));
}

/** Arguments of `recipient confirm` with what somebody read out. */
export function confirming(kit: Kit, id: string, { count, first, last }: ReadOut): string[] {
  const heard = ['--count', String(count), '--first', first, '--last', last];
  const said = ['--by', 'K. Sato', '--phone', '+81 3 0000 0000'];
  return [...kit.secret, '--as', kit.officer.id, 'recipient', 'confirm', id, ...heard, ...said];
}

/** A recipient's test from the sending to the right answer, all through the program. */
export async function passTest(kit: Kit, id: string, holder: Keyholder): Promise<Document> {
  return kit.done(confirming(kit, id, await receiveTest(kit, id, holder)));
}
