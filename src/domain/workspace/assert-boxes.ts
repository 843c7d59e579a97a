import { RecipientsFault } from '../recipients/errors.ts';
import { fingerprintOfLine } from '../recipients/pickup-key.ts';
import type { Recipient } from '../recipients/recipient.ts';
import { WorkspaceFault } from './errors.ts';
import type { Sender } from './sender.ts';

/**
 * Refuses a box of a sender that could be taken for another: under the id of a recipient who has one, or opened by a key
 * that opens another. Recipients among themselves: `assertRecipients`.
 *
 * @param file the senders', named in the fault
 * @throws WorkspaceFault `config-box-taken`; RecipientsFault `endpoint-shared`
 */
export function assertBoxes(
  file: string,
  recipients: readonly Recipient[],
  senders: readonly Sender[],
): void {
  const boxes = recipients.flatMap(({ id, endpoints }) =>
    endpoints.flatMap((endpoint) => (endpoint.kind === 'pickup' ? [{ id, ...endpoint }] : [])),
  );
  const owners = new Map(boxes.flatMap(({ id, keys }) => keys.map((key) => [key, id] as const)));
  for (const { id, pickup_keys: keys = [] } of senders) {
    if (keys.length > 0 && boxes.some((box) => box.id === id)) {
      throw new WorkspaceFault('config-box-taken', { file, id });
    }
    for (const key of keys) {
      const first = owners.get(key);
      const endpoint = `pickup ${fingerprintOfLine(key)}`;
      if (first !== undefined) {
        throw new RecipientsFault('endpoint-shared', { file, first, second: id, endpoint });
      }
      owners.set(key, id);
    }
  }
}
