import { fingerprintOfLine } from '../../domain/recipients/pickup-key.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import type { LoadedConfiguration } from '../configuration/configuration.ts';
import type { PickupVisitor } from './pickup-book.ts';
import type { BoxKey } from './pickup-server.ts';

/** A recipient or sender of the configuration, with the public keys of their box; those of a disabled one open nothing. */
export interface BoxOwner {
  readonly box: string;
  readonly kind: 'recipient' | 'sender';
  readonly isEnabled: boolean;
  /** Type and blob, as OpenSSH writes them; none of whoever has no box. */
  readonly lines: readonly string[];
}

type People = Pick<LoadedConfiguration, 'recipients' | 'senders'>;

/** Everybody in the configuration. */
export function boxOwners({ recipients, senders }: People): readonly BoxOwner[] {
  return [
    ...recipients.map((recipient) => ({
      ...{ box: recipient.id, kind: 'recipient' as const, lines: linesOf(recipient) },
      isEnabled: recipient.state === 'enabled',
    })),
    ...senders.map(({ id, state, pickup_keys: lines = [] }) => ({
      ...{ box: id, kind: 'sender' as const, lines, isEnabled: state === 'enabled' },
    })),
  ];
}

/** The keys that open a box now. */
export function boxKeys(people: People): readonly BoxKey[] {
  return boxOwners(people)
    .filter(({ isEnabled }) => isEnabled)
    .flatMap(({ box, lines }) => lines.map((line) => ({ box, line })));
}

/** Whether this is a key of that box, open or not. */
export function hasKey({ lines }: Pick<BoxOwner, 'lines'>, fingerprint: string): boolean {
  return lines.some((line) => fingerprintOfLine(line) === fingerprint);
}

/** Whether the key is one that opens the box of this recipient now. */
export function opensBox(people: People, visitor: PickupVisitor): boolean {
  return opensAs(people, visitor, ['recipient']);
}

/** Whether sources may be brought with it: into the box of a recipient, or that of a sender. */
export function opensSources(people: People, visitor: PickupVisitor): boolean {
  return opensAs(people, visitor, ['recipient', 'sender']);
}

function opensAs(
  people: People,
  { box, key }: PickupVisitor,
  kinds: readonly BoxOwner['kind'][],
): boolean {
  return boxOwners(people).some(
    (owner) =>
      owner.box === box && owner.isEnabled && kinds.includes(owner.kind) && hasKey(owner, key),
  );
}

function linesOf({ endpoints }: Recipient): readonly string[] {
  return endpoints.flatMap((endpoint) => (endpoint.kind === 'pickup' ? endpoint.keys : []));
}
