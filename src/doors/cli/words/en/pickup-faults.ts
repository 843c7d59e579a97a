import { fact, factOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const whyNoKey: Readonly<Record<string, string>> = {
  private: 'it is a private key; whoever made it sends the file that ends in .pub',
  several: 'it has more than one line',
};

/** Words about `serve` and about recipients who fetch their files. */
export const pickupFaults = {
  'pickup-key-malformed': {
    what: (f) =>
      `${fact(f, 'file', 'the file')} is no public key: ${whyNoKey[String(factOf(f, 'why'))] ?? 'one line such as ssh-ed25519 AAAA… is expected'}`,
    means: () =>
      'Nothing was saved. Ed25519, ECDSA and RSA from 2,048 bits are read, as OpenSSH writes them.',
    next: () => [
      'ask the recipient for their public key; puttygen exports it as "OpenSSH authorized_keys"',
    ],
  },
  'config-box-taken': {
    what: (f) =>
      `${fact(f, 'file', 'config/senders.toml')}: ${fact(f, 'id', 'a sender')} is a sender with a box, and a recipient with a box as well`,
    means: () => 'A box has one owner: its name tells whose key opens it.',
    next: () => [
      'remove pickup_keys of that sender: sources may be brought into the box of the recipient',
      'or give the sender another id',
    ],
  },
  'pickup-not-configured': {
    what: () => 'there is no [pickup] in config/mimamori.toml: nothing says where to listen',
    means: () => 'Nothing was started.',
    next: () => [
      'add [pickup] with address, port and name (docs/operating/pickup.md)',
      {
        command: 'mimamori config propose --as ID --officer-key FILE',
        label: 'where it is approved',
      },
    ],
  },
  'pickup-not-listening': {
    what: (f) =>
      `the pickup server cannot listen on ${fact(f, 'address', 'its address')} port ${fact(f, 'port', '?')} (${fact(f, 'reason', '?')})`,
    means: () => 'Another program has that port, or this machine has no such address.',
    next: () => ['change address or port of [pickup] in config/mimamori.toml'],
  },
  'pickup-server-died': {
    what: () => 'the process of the pickup server ended by itself',
    means: () => 'What was recorded is kept. Files wait in their boxes as before.',
    next: () => [{ command: 'mimamori serve', label: 'starts it again' }],
  },
  'pickup-host-key-missing': {
    what: () => 'the pickup server has no key yet',
    means: () => 'The first start of serve makes it.',
    next: () => [{ command: 'mimamori serve', label: 'then key export --pickup' }],
  },
  'serve-running': {
    what: () => 'another serve runs for this workspace',
    means: () => 'Nothing was started. Only one may run at a time.',
    next: () => ['stop the other one first, or leave it running'],
  },
} satisfies Record<string, FaultWords>;
