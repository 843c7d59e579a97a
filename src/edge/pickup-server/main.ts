import { PickupListener } from './pickup-listener.ts';
import { ServeLine } from './serve-line.ts';
import type { Beginning, FromServe, FromServer } from './wire.ts';

/**
 * Entry point of the process that strangers can speak to. It has the host key, reads sealed files and nothing else, and
 * asks `serve` about everything over its one channel; without `serve` it ends at once.
 */

const line = new ServeLine(send);
let listener: PickupListener | undefined;

function send(message: FromServer): void {
  // Connections that are closed at the end tell of themselves when nobody listens any more.
  if (process.connected) process.send?.(message);
}

async function begin(beginning: Beginning): Promise<void> {
  listener = new PickupListener(beginning, line);
  try {
    send({ kind: 'listening', port: await listener.listen() });
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    send({ kind: 'not-listening', reason: typeof code === 'string' ? code : 'unknown' });
  }
}

async function stop(): Promise<void> {
  await listener?.stop();
  process.disconnect();
}

process.on('message', (message: FromServe) => {
  if (message.kind === 'begin') void begin(message);
  else if (message.kind === 'answer') line.receive(message);
  else void stop();
});
process.once('disconnect', () => process.exit(0));
