import type { Facts } from '../../../../domain/fault.ts';
import { sizeIn } from '../../figures.ts';
import { about, fact, factOf, numberOf } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';

const host = (f: Facts): string => fact(f, 'host', 'the recipient');
const port = (f: Facts): string => {
  const number = numberOf(f, 'port');
  return number === undefined ? '' : `:${String(number)}`;
};
const file = (f: Facts): string => fact(f, 'file', 'the file');
const directory = (f: Facts): string => about(f, 'directory', (d) => ` ${d}`);
const notPublished = 'Nothing was published there.';
const holdsAnswers = (f: Facts): boolean => factOf(f, 'holds') === 'answers';
const bytesOf = (f: Facts, name: string): string => {
  const bytes = numberOf(f, name);
  return bytes === undefined ? '?' : sizeIn(bytes, 'en');
};
const deliverAgain: Step = {
  command: 'mimamori handoff deliver HANDOFF --as ID',
  label: 'goes on where it stopped',
};
const askThem = 'tell the recipient: the call sheet is in mimamori recipient show ID';

/** What would have to be allowed, if anything would help. */
const allowSteps = (f: Facts, label: string): Step[] => {
  const names = f['allow'];
  if (!Array.isArray(names) || names.length === 0) return [askThem];
  const options = names.map((name) => `--allow-algorithm ${String(name)}`).join(' ');
  return [{ command: `mimamori recipient update ID ${options} --reason "…"`, label }];
};

export const deliveryFaults = {
  'host-key-missing': {
    what: (f) => `no host key is pinned for ${host(f)}`,
    means: () => 'Without a pin a stranger could take the file. There was no connection.',
    next: () => [
      'ask the recipient for the SHA256 fingerprint of their host key, by phone',
      { command: 'mimamori recipient update ID --host-key SHA256:… --confirmed-by "…"' },
    ],
  },
  'host-key-changed': {
    what: (f) => `${host(f)}${port(f)} showed another host key than the pinned one`,
    means: (f) =>
      `${about(f, 'presented', (keys) => `Shown   ${keys}\n`)}${about(f, 'expected', (keys) => `Pinned  ${keys}\n`)}Someone may stand between you and the recipient. No file and no password was sent.`,
    next: () => [
      'do not continue: call the recipient on a number you already have, not one from a mail about this',
      {
        command: 'mimamori recipient update ID --host-key SHA256:… --confirmed-by "…"',
        label: 'only with the fingerprint they read out',
      },
      'prepare the handoff again: a plan with another pin needs a new approval',
    ],
  },
  'algorithms-refused': {
    what: (f) =>
      `${host(f)}${port(f)} offers no algorithm that we accept${about(f, 'missing', (kinds) => ` (${kinds})`)}`,
    means: (f) =>
      `${about(f, 'offered', (names) => `They offer: ${names}\n`)}Its SSH software is too old. ${notPublished}`,
    next: (f) => [
      'ask the recipient to update their SSH server, or for another endpoint',
      ...allowSteps(f, 'only until then, and only with a reason'),
    ],
  },
  'protocol-fault': {
    what: (f) => `${host(f)} answered against the protocol${about(f, 'step', (s) => ` (${s})`)}`,
    means: () => 'What it says cannot be relied on, so the connection was closed.',
    next: () => [deliverAgain, askThem],
  },
  'peer-unavailable': {
    what: (f) => `${host(f)}${port(f)} cannot be reached${about(f, 'reason', (r) => ` (${r})`)}`,
    means: () => 'No file was sent.',
    next: () => [
      deliverAgain,
      'if it stays so, ask the recipient whether our address is let through',
    ],
  },
  'authentication-refused': {
    what: (f) => `${host(f)} refuses our login`,
    means: () => 'No file was sent.',
    next: () => [
      { command: 'mimamori key export --sftp', label: 'the line they need in authorized_keys' },
      'ask the recipient whether account and key are in place, and which user name they expect',
    ],
  },
  'credential-unusable': {
    what: (f) => `our ${fact(f, 'credential', 'credential')} for this recipient cannot be used`,
    means: () => 'There was no connection.',
    next: () => [{ command: 'mimamori doctor' }, { command: 'mimamori recipient show ID' }],
  },
  'sftp-refused': {
    what: (f) => `${host(f)} lets us log in but offers no SFTP`,
    means: () => 'No file was sent.',
    next: () => ['ask the recipient to allow SFTP for our account'],
  },
  'remote-directory-missing': {
    what: (f) => `the directory${directory(f)} is not there on ${host(f)}`,
    means: (f) => (holdsAnswers(f) ? 'Nothing was fetched from there.' : notPublished),
    next: (f) => [
      'ask the recipient to make it, or for the right path',
      holdsAnswers(f)
        ? { command: 'mimamori response collect --as ID', label: 'once it is there' }
        : { command: 'mimamori handoff retry BATCH --as ID', label: 'once it is there' },
    ],
  },
  'remote-read-only': {
    what: (f) => `we may not write to${directory(f) || ' the directory'} on ${host(f)}`,
    means: () => notPublished,
    next: () => [
      'ask the recipient for the right to write there',
      { command: 'mimamori handoff retry BATCH --as ID', label: 'once it is given' },
    ],
  },
  'remote-unsupported': {
    what: (f) =>
      `${host(f)} does not support a step of the delivery${about(f, 'step', (s) => ` (${s})`)}`,
    means: () => notPublished,
    next: () => [
      askThem,
      { command: 'mimamori recipient update ID --manual DIR', label: 'goes by hand meanwhile' },
    ],
  },
  'remote-full': {
    what: (f) =>
      `there is no room for ${file(f)} on ${host(f)}${factOf(f, 'neededBytes') === undefined ? '' : ` (${bytesOf(f, 'freeBytes')} free, ${bytesOf(f, 'neededBytes')} needed)`}`,
    means: () => notPublished,
    next: () => [
      'ask the recipient to make room',
      { command: 'mimamori handoff retry BATCH --as ID', label: 'afterwards' },
    ],
  },
  'remote-failure': {
    what: (f) =>
      `${host(f)} refused a step without saying why${about(f, 'step', (s) => ` (${s})`)}`,
    means: () => 'Disk, quota or rights on their side. The file was not published by this attempt.',
    next: () => [
      askThem,
      { command: 'mimamori handoff retry BATCH --as ID', label: 'once they found the cause' },
    ],
  },
  'remote-content-differs': {
    what: (f) => `${file(f)} reads back differently from what was sent`,
    means: () =>
      'The file was damaged on the way or on their disk. It was not published; what is there is left as evidence.',
    next: () => [
      askThem,
      { command: 'mimamori handoff retry BATCH --as ID', label: 'sends it anew' },
    ],
  },
  'temporary-taken': {
    what: (f) => `a temporary name for ${file(f)} is taken on ${host(f)}`,
    means: () => 'Something else writes into this directory. Nothing was overwritten.',
    next: () => [deliverAgain, askThem],
  },
  'target-taken': {
    what: (f) => `${file(f)} is there already, with other content`,
    means: () => 'Nothing was overwritten. Names are never used twice, so somebody else wrote it.',
    next: () => [
      'ask the recipient what it is, and who put it there',
      {
        command:
          'mimamori handoff resolve BATCH --outcome stored|not-stored|withdrawn --as ID --reason "…"',
        label: 'what they say',
      },
    ],
  },
  'connection-lost': {
    what: (f) => `the connection to ${host(f)} broke${about(f, 'step', (s) => ` (${s})`)}`,
    means: () => 'handoff show says how far the file got.',
    next: () => [deliverAgain],
  },
  'deadline-passed': {
    what: (f) => `${host(f)} did not answer in time${about(f, 'step', (s) => ` (${s})`)}`,
    means: () => 'handoff show says how far the file got.',
    next: () => [deliverAgain],
  },
  'outcome-unknown': {
    what: (f) => `whether ${fact(f, 'batch', 'the batch')} arrived cannot be known from here`,
    means: () =>
      'The file may have been taken already. It will not be sent again by itself: twice is worse than late.',
    next: (f) => [
      'ask the recipient whether it arrived: mimamori recipient show ID has their call sheet',
      {
        command: `mimamori handoff resolve ${fact(f, 'batch', 'BATCH')} --outcome stored|not-stored --as ID --reason "…"`,
      },
    ],
  },
  'sealed-file-differs': {
    what: () => 'the sealed file on this machine is not the one that was approved',
    means: () => 'It was damaged or exchanged. It was not published.',
    next: () => [
      { command: 'mimamori audit verify', label: 'shows whether more was changed' },
      'keep the file as evidence, cancel the handoff and prepare it again',
    ],
  },
  'sealed-file-unreadable': {
    what: () => 'the sealed file on this machine cannot be read',
    means: () => notPublished,
    next: () => ['check the disk; if the file is lost, cancel the handoff and prepare it again'],
  },
  'certificate-no-longer-good': {
    what: (f) => `the certificate of ${fact(f, 'recipient', 'the recipient')} is no longer good`,
    means: (f) =>
      `${about(f, 'why', (code) => `(${code}) `)}The batch is expired and will not be sent; the others go on.`,
    next: () => [
      'ask the recipient for a new certificate, and confirm its fingerprint by phone',
      {
        command:
          'mimamori recipient update ID --certificate FILE --fingerprint … --confirmed-by "…"',
      },
      'prepare the handoff again for these cards',
    ],
  },
  'offer-ended': {
    what: () => 'the file was not fetched, or not to its end, before its offer ended',
    means: () => 'It can be offered again, the same file under the same name.',
    next: (f) => [
      'ask the recipient whether they can fetch it now',
      { command: `mimamori handoff retry ${fact(f, 'batch', 'BATCH')} --as ID --reason TEXT` },
    ],
  },
  'signing-key-no-longer-good': {
    what: (f) =>
      `our key ${about(f, 'fingerprint', (key) => `${key} `)}that signed the batch is no longer good`,
    means: (f) =>
      `${about(f, 'why', (code) => `(${code}) `)}The recipient would refuse it. The batch is expired and will not be sent.`,
    next: () => [
      { command: 'mimamori key list' },
      'prepare the handoff again for these cards: the key in use signs them',
    ],
  },
  'batch-busy': {
    what: (f) => `${fact(f, 'batch', 'the batch')} is being delivered by another command`,
    next: () => ['wait for it to end', { command: 'mimamori handoff show HANDOFF' }],
  },
  'fence-stale': {
    what: (f) => `another command has taken over ${fact(f, 'batch', 'the batch')}`,
    means: () => 'This one stopped, so that the two cannot publish twice.',
    next: () => [{ command: 'mimamori handoff show HANDOFF' }],
  },
  'delivery-interrupted': {
    what: () => 'interrupted',
    means: () => 'Batches that were under way stand as handoff show says. Nothing is sent twice.',
    next: () => [deliverAgain],
  },
  'delivery-broke': {
    what: () => 'the delivery stopped for a reason that nobody foresaw',
    means: () => 'It is not taken for a success. handoff show says what is known.',
    next: () => [deliverAgain, 'if it happens twice, report it with the code below'],
  },
  'folder-missing': {
    what: () => 'the folder for this recipient is not there',
    means: () => 'Nothing was written. If it is a stick or a share, it may not be connected.',
    next: () => [{ command: 'mimamori recipient show ID', label: 'shows the path' }, deliverAgain],
  },
  'folder-unwritable': {
    what: (f) =>
      `${file(f)} could not be written to the folder${about(f, 'reason', (r) => ` (${r})`)}`,
    means: () => 'What was half written was removed.',
    next: () => ['check room and rights there', deliverAgain],
  },
} as const satisfies Record<string, FaultWords>;
