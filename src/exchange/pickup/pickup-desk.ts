import { isFault } from '../../domain/fault.ts';
import { isWholeFile, joinRanges } from '../../domain/pickup/byte-ranges.ts';
import type { ByteRange } from '../../domain/pickup/byte-ranges.ts';
import type { LoadedConfiguration } from '../configuration/configuration.ts';
import type { LogBook } from '../audit/log-book.ts';
import { ourOpenpgpKeys } from '../keys/own-keys.ts';
import { isSameRecipient, planOf } from '../handoff/plan-still-holds.ts';
import { assertHandOut } from './assert-hand-out.ts';
import type { HandOutPorts } from './assert-hand-out.ts';
import { boxKeys, opensBox, opensSources } from './box-keys.ts';
import type { BoxBatch, FamiliarAddresses, PickupBook, PickupVisitor } from './pickup-book.ts';
import type {
  BoxKey,
  InboxAnswers,
  PickupAnswers,
  RefusedLogin,
  UnfitCode,
} from './pickup-server.ts';
import { RefusedVisits } from './refused-visits.ts';
import type { RefusedVisitsPorts } from './refused-visits.ts';

export type PickupDeskPorts = HandOutPorts &
  RefusedVisitsPorts & {
    readonly pickups: PickupBook;
    readonly familiarAddresses: FamiliarAddresses;
    readonly log: LogBook;
  };

/**
 * Answers the pickup server, each time from the configuration in force and the stored plan: a recipient who was disabled,
 * or is another one than the plan was approved for, finds an empty box. What a retired key of ours signed is in none.
 */
export class PickupDesk implements PickupAnswers {
  readonly inbox: InboxAnswers;
  readonly #ports: PickupDeskPorts;
  /** Called after a file was read whole or taken. Never rejects: what was recorded stays so, and is answered so. */
  readonly #onReceipt: () => Promise<void>;
  readonly #refused: RefusedVisits;
  /** What was sent of test files, by test. Nothing rests on it but that they are put away read. */
  readonly #testsSent = new Map<string, readonly ByteRange[]>();

  constructor(ports: PickupDeskPorts, onReceipt: () => Promise<void>, inbox: InboxAnswers) {
    this.#ports = ports;
    this.#refused = new RefusedVisits(ports);
    this.inbox = inbox;
    this.#onReceipt = onReceipt;
  }

  async keys(): Promise<readonly BoxKey[]> {
    return boxKeys(await this.#ports.configuration.load());
  }

  turnedAway(login: RefusedLogin): Promise<void> {
    return this.#refused.login(login);
  }

  familiar(): Promise<readonly string[]> {
    return this.#ports.familiarAddresses.list();
  }

  async came(visitor: PickupVisitor): Promise<void> {
    // What the server says was read as a stranger's: without a key of ours nobody becomes familiar.
    const loaded = await this.#ports.configuration.load();
    if (opensSources(loaded, visitor)) await this.#ports.familiarAddresses.add(visitor.from);
  }

  async box(visitor: PickupVisitor): Promise<readonly BoxBatch[]> {
    const loaded = await this.#ports.configuration.load();
    if (!opensBox(loaded, visitor)) {
      if (!opensSources(loaded, visitor)) await this.#refused.closed(visitor);
      return [];
    }
    const shown: BoxBatch[] = [];
    for (const batch of await this.#ports.pickups.boxOf(visitor.box)) {
      if (batch.state === 'taken' || (await this.#isAsPlanned(loaded, batch))) shown.push(batch);
    }
    return shown;
  }

  async open(visitor: PickupVisitor, batch: string): Promise<boolean> {
    const found = await this.#inBox(visitor, batch);
    if (found === undefined) return false;
    if (!isOfHandoff(found)) return true;
    const code = await refusalOf(() => assertHandOut(this.#ports, found));
    if (code !== undefined) {
      await this.#refused.file(visitor, { ...fileOf(found), asked: 'open', code });
      return false;
    }
    return isDone(() => this.#ports.pickups.opened(batch, visitor));
  }

  async unfit(visitor: PickupVisitor, batch: string, code: UnfitCode): Promise<void> {
    const found = await this.#inBox(visitor, batch);
    if (found !== undefined)
      await this.#refused.file(visitor, { ...fileOf(found), asked: 'open', code });
  }

  async covered(
    visitor: PickupVisitor,
    batch: string,
    ranges: readonly ByteRange[],
    isClosed: boolean,
  ): Promise<boolean> {
    const found = (await this.box(visitor)).find((each) => each.batch === batch);
    if (found === undefined) return false;
    const { pickups } = this.#ports;
    if (!isOfHandoff(found)) {
      this.#testsSent.set(batch, joinRanges(this.#testsSent.get(batch) ?? [], ranges));
    } else if (await pickups.covered(batch, ranges, isClosed, visitor)) {
      await this.#onReceipt();
    }
    return true;
  }

  async take(visitor: PickupVisitor, batch: string): Promise<boolean> {
    const found = await this.#inBox(visitor, batch);
    if (found === undefined) return false;
    const { pickups } = this.#ports;
    if (!isOfHandoff(found)) {
      if (!isWholeFile(this.#testsSent.get(batch) ?? [], found.sizeBytes)) return false;
      await pickups.testTaken(batch, visitor);
      this.#testsSent.delete(batch);
      return true;
    }
    if (await isDone(() => pickups.taken(batch, visitor))) {
      await this.#onReceipt();
      return true;
    }
    await this.#refused.file(visitor, { ...fileOf(found), asked: 'take', code: 'state-forbids' });
    return false;
  }

  async #inBox(visitor: PickupVisitor, batch: string): Promise<BoxBatch | undefined> {
    const box = await this.box(visitor);
    return box.find((each) => each.batch === batch && each.state !== 'taken');
  }

  /**
   * The approval covers one certificate, the keys that open the box and the key of ours that signed: with others, or
   * once that was retired, nothing is handed out.
   */
  async #isAsPlanned(loaded: LoadedConfiguration, { batch, handoff }: BoxBatch): Promise<boolean> {
    if (handoff === undefined) return true;
    const plan = planOf(await this.#ports.handoffs.get(handoff));
    const planned = plan.batches.find((each) => each.batch === batch);
    if (planned === undefined || !isSameRecipient(planned, loaded)) return false;
    const keys = await ourOpenpgpKeys(this.#ports);
    return keys.some(
      ({ fingerprint, state }) => fingerprint === plan.signer && state !== 'retired',
    );
  }
}

function fileOf({ batch, handoff }: BoxBatch): Pick<BoxBatch, 'batch' | 'handoff'> {
  return { batch, handoff };
}

/** A test file belongs to none. */
function isOfHandoff(batch: BoxBatch): batch is BoxBatch & { readonly handoff: string } {
  return batch.handoff !== undefined;
}

/** The code of the fault it throws; anything else that it throws is an error of ours. */
async function refusalOf(check: () => Promise<void>): Promise<string | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (isFault(error)) return error.code;
    throw error;
  }
}

/** What the state of a batch forbids is a no; anything else is an error of ours. */
async function isDone(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (isFault(error) && error.code === 'state-forbids') return false;
    throw error;
  }
}
