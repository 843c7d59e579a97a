import type { Recipient } from './recipient.ts';

/**
 * Whether answers of this recipient are taken that came in clear through their box: bound to the key that brought them,
 * and to nothing else. Throws nothing.
 */
export function takesClear(recipient: Pick<Recipient, 'answers'> | undefined): boolean {
  return recipient?.answers?.in_clear === true;
}
