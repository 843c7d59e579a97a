import { join } from 'node:path';

import type { CommandClock } from './edge/clock/command-clock.ts';
import { WaitingStatements } from './edge/files/waiting-statements.ts';
import type { OpenDatabase } from './edge/sqlite/open-database.ts';
import {
  keepWaiting,
  signedCommandsBy,
  storeSignedCommand,
} from './edge/sqlite/signed-commands.ts';
import type { SignedCommands } from './exchange/acts/signed-commands.ts';

/** Commands that officers signed in the workspace at `root`, and what waits there to be signed. */
export function signedCommandsOf(
  db: OpenDatabase['db'],
  clock: CommandClock,
  root: string,
): SignedCommands {
  const waiting = new WaitingStatements(join(root, 'data/statements'));
  return {
    add: (signed, act) => storeSignedCommand(db, clock, signed, act),
    get: (sha256) => signedCommandsBy(db, sha256),
    putWaiting: (name, command) => keepWaiting(db, command, () => waiting.put(name, command)),
    waiting: () => waiting.list(),
    removeWaiting: (name) => waiting.remove(name),
    forgetWaiting: () => waiting.clear(),
  };
}
