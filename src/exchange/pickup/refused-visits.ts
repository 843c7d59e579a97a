import type { Configuration } from '../configuration/configuration.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { Clock } from '../workspace/clock.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import { boxOwners, hasKey } from './box-keys.ts';
import type { BoxOwner } from './box-keys.ts';
import type { PickupVisitor } from './pickup-book.ts';
import type { RefusedLogin } from './pickup-server.ts';
import { RefusalTally } from './refusal-tally.ts';

export interface RefusedVisitsPorts {
  readonly configuration: Pick<Configuration, 'load'>;
  readonly log: Pick<LogBook, 'append'>;
  readonly clock: Clock;
  readonly facts: Pick<WorkspaceFacts, 'id'>;
}

/** What a visitor was refused about a file in their box. */
export interface RefusedFile {
  readonly asked: 'open' | 'take';
  readonly batch: string;
  readonly handoff: string | undefined;
  readonly code: string;
}

type Told = { readonly asked: string; readonly code: string } & Partial<
  Pick<RefusedFile, 'batch' | 'handoff'>
>;

/** A stranger who tries again and again is not to have all files of the configuration read each time. */
const FRESH_MS = 3_000;

/**
 * Tells the log what the pickup server refused: whose box, with which key, from where and why (PCI DSS v4.0.1 req.
 * 10.2.1.4, 10.2.2). Names and keys are those of the configuration: what a stranger types makes no kind of its own, and of
 * it the log has nothing but the fingerprint of the key.
 */
export class RefusedVisits {
  readonly #ports: RefusedVisitsPorts;
  readonly #tally = new RefusalTally();
  #owners: Promise<readonly BoxOwner[] | undefined> = Promise.resolve(undefined);
  #readAtMs = -Infinity;

  constructor(ports: RefusedVisitsPorts) {
    this.#ports = ports;
  }

  /** Somebody was not let in. Throws as the log. */
  async login(login: RefusedLogin): Promise<void> {
    const owners = await this.#known();
    const { key, from } = login;
    const box = owners?.find((owner) => owner.box === login.box)?.box;
    const code = owners === undefined ? login.why : codeOf(login, owners);
    const isPinned = key !== undefined && owners?.some((owner) => hasKey(owner, key)) === true;
    const kind = ['login', code, box, isPinned ? key : ''].join(' ');
    await this.#tell(kind, { box, key, from }, { asked: 'login', code });
  }

  /** A visitor did not get a file, or could not put it away. Throws as the log. */
  async file({ box, key, from }: PickupVisitor, refused: RefusedFile): Promise<void> {
    const { asked, batch, handoff, code } = refused;
    const kind = [asked, code, box, batch].join(' ');
    await this.#tell(kind, { box, key, from }, { asked, code, batch, handoff });
  }

  /** A visitor came in with a key that opened their box then, and looks into it when it does so no more. Throws as the log. */
  async closed({ box, key, from }: PickupVisitor): Promise<void> {
    const told = { asked: 'look', code: 'box-closed' };
    await this.#tell(Object.values(told).concat(box, key).join(' '), { box, key, from }, told);
  }

  async #tell(
    kind: string,
    { box, key, from }: Pick<RefusedLogin, 'box' | 'key' | 'from'>,
    { batch, ...told }: Told,
  ): Promise<void> {
    const { clock, log, facts } = this.#ports;
    const counted = this.#tally.count(kind, { from, key }, clock.now());
    if (counted === undefined) return;
    const place = box === undefined ? `workspace:${facts.id}` : `box:${box}`;
    await log.append({
      draft: {
        ...{ actor: 'system', act: 'pickup-refused', result: 'refused', origin: `pickup:${from}` },
        object: batch === undefined ? place : `batch:${batch}`,
        data: { ...told, batch, box, key, ...counted },
      },
    });
  }

  /** Undefined while the configuration cannot be read: then nobody is let in, and that is told all the same. */
  #known(): Promise<readonly BoxOwner[] | undefined> {
    const now = this.#ports.clock.now().getTime();
    if (Math.abs(now - this.#readAtMs) > FRESH_MS) {
      this.#readAtMs = now;
      this.#owners = this.#ports.configuration.load().then(boxOwners, () => undefined);
    }
    return this.#owners;
  }
}

function codeOf({ box, key, why }: RefusedLogin, owners: readonly BoxOwner[]): string {
  if (why !== 'key-not-taken') return why;
  const own = owners.filter((owner) => owner.box === box && owner.lines.length > 0);
  if (own.length === 0) return 'box-unknown';
  const holders = owners.filter((owner) => key !== undefined && hasKey(owner, key));
  // One that opens it by now was pinned a moment after it was tried.
  if (own.some((owner) => holders.includes(owner) && !owner.isEnabled)) return 'box-disabled';
  return holders.some((holder) => holder.box !== box) ? 'key-of-other' : 'key-unknown';
}
