import { join } from 'node:path';

import { lateAnswerFolders, latePickupServers, lateSeals } from './compose-late.ts';
import type { CommandClock } from './edge/clock/command-clock.ts';
import { systemPause } from './edge/clock/system-pause.ts';
import { ArrivalFolder } from './edge/files/arrival-folder.ts';
import { isProcessGone, processMark } from './edge/machine/process-mark.ts';
import { HostKeyFolder } from './edge/files/host-key-files.ts';
import { SqliteArrivalBook } from './edge/sqlite/arrival-book.ts';
import { SqliteFamiliarAddresses } from './edge/sqlite/familiar-addresses.ts';
import { SqliteHostKeys } from './edge/sqlite/host-keys.ts';
import type { OpenDatabase } from './edge/sqlite/open-database.ts';
import { SqlitePickupBook } from './edge/sqlite/pickup-book.ts';
import { SqliteEscalationBook } from './edge/sqlite/escalation-book.ts';
import { SqliteRoundBook } from './edge/sqlite/round-book.ts';
import { lockServe } from './edge/sqlite/serve-lock.ts';
import { SqliteServeDeliveries } from './edge/sqlite/serve-deliveries.ts';

/** What recipients who fetch their files need, and `serve`. */
export function pickupParts(root: string, db: OpenDatabase['db'], clock: CommandClock) {
  return {
    pickups: new SqlitePickupBook(db, clock),
    familiarAddresses: new SqliteFamiliarAddresses(db),
    hostKeys: new SqliteHostKeys(db, clock),
    hostKeyLines: new HostKeyFolder(root),
    pickupServers: latePickupServers,
    pause: systemPause,
    roundBook: new SqliteRoundBook(db, clock),
    escalations: new SqliteEscalationBook(db, clock),
    serveDeliveries: new SqliteServeDeliveries(db, clock),
    arrivals: new SqliteArrivalBook(db, clock),
    arrivalFiles: new ArrivalFolder(root),
    seals: lateSeals,
    answerFolders: lateAnswerFolders,
    ...{ processMark, isProcessGone },
    lockServe: () => lockServe(join(root, 'data/serve.lock')),
  };
}
