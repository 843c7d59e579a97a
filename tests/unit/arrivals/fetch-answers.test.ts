import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { ARRIVAL_BYTES_MAX } from '../../../src/domain/arrivals/arrival-limits.ts';
import type { AnswerFolder } from '../../../src/exchange/arrivals/answer-folder.ts';
import {
  fetchAnswers,
  fetchFromAll,
  FOLDERS_AT_ONCE,
} from '../../../src/exchange/arrivals/fetch-answers.ts';
import { settleArrival } from '../../../src/exchange/arrivals/settle-arrival.ts';
import { recipientSchema } from '../../../src/domain/recipients/recipient.ts';
import { noise } from '../../support/chunks.ts';
import { encryptedPackets, literal } from '../../support/hand-made-message.ts';
import { ourTestKey } from '../../support/our-test-key.ts';
import { PickupBox } from '../../support/pickup-box.ts';
import { recipientEntry } from '../../support/recipient-entry.ts';

// A directory of the other side that says whatever it likes.

interface Lie {
  readonly isFile?: boolean;
  /** Of what is told; the second look tells the second. */
  readonly sizes?: readonly number[];
  readonly refusesRead?: boolean;
  readonly refusesRemove?: boolean;
}

let certificate: string;
let message: Uint8Array;
let box: PickupBox;
let files: Map<string, { readonly bytes: Uint8Array; readonly lie?: Lie }>;
let looks: string[];
let died: boolean;
/** What their own program puts there, under the same name, while we read. */
let replacedBy: Uint8Array | undefined;

beforeAll(async () => {
  certificate = (await ourTestKey()).ourKey.certificate;
  message = await encryptedPackets(literal(noise(5_000)), certificate);
});
beforeEach(() => {
  box = new PickupBox();
  files = new Map();
  [looks, died, replacedBy] = [[], false, undefined];
});
afterEach(() => box.dispose());

const folder: AnswerFolder = {
  names: (max) =>
    Promise.resolve({ names: [...files.keys()].slice(0, max), isCut: files.size > max }),
  look: (name) => {
    looks.push(name);
    const found = files.get(name);
    if (found === undefined) return Promise.resolve(undefined);
    const { isFile = true, sizes = [found.bytes.length] } = found.lie ?? {};
    const seen = looks.filter((each) => each === name).length;
    return Promise.resolve({ isFile, sizeBytes: sizes[seen - 1] ?? sizes.at(-1)! });
  },
  read: async (name, maxBytes, take) => {
    const { bytes, lie } = files.get(name)!;
    if (lie?.refusesRead === true) return false;
    for (let at = 0; at < Math.min(bytes.length, maxBytes); at += 1_000) {
      await take(bytes.slice(at, Math.min(at + 1_000, maxBytes)));
    }
    if (replacedBy !== undefined) files.set(name, { bytes: replacedBy });
    replacedBy = undefined;
    return true;
  },
  remove: (name) => {
    if (died) return Promise.reject(new Error('died before the remove'));
    if (files.get(name)?.lie?.refusesRemove === true) return Promise.resolve(false);
    files.delete(name);
    return Promise.resolve(true);
  },
  close: () => Promise.resolve(),
};

const recipient = recipientSchema.parse({
  ...recipientEntry(),
  id: 'psp',
  answers: { directory: '/answers' },
});

function fetch(): Promise<number> {
  const ports = Object.assign(Object.create(box) as PickupBox, {
    publicKeys: { openpgp: () => Promise.resolve(certificate) },
    pause: { sleep: () => Promise.resolve() },
    answerFolders: { open: () => Promise.resolve(folder) },
  });
  return fetchAnswers(ports, recipient, {});
}

const put = (name: string, lie?: Lie, bytes = message): void => {
  files.set(name, lie === undefined ? { bytes } : { bytes, lie });
};
const onDisk = (): string[] => {
  const directory = join(box.store.directory, 'data/arrivals');
  return existsSync(directory) ? readdirSync(directory) : [];
};
const refused = async (): Promise<unknown[]> =>
  (await box.arrivals.refusals()).map(({ name, code }) => [name, code]);

describe('fetchAnswers()', () => {
  it('keeps a file, with its row, and only then removes it there', async () => {
    put('answer.pgp');
    died = true;
    await expect(fetch()).rejects.toThrow('died');
    const arrived = await box.arrivals.inState('arrived');
    expect(arrived).toMatchObject([{ recipient: 'psp', way: 'directory', name: 'answer.pgp' }]);
    expect(onDisk()).toHaveLength(1);
    died = false;
    expect(await fetch()).toBe(0);
    expect([files.size, onDisk().length]).toEqual([0, 1]);
    expect(await box.arrivals.inState('arrived')).toEqual(arrived);
  });

  it('S-21: passes over hostile names, shows them escaped, and fetches the others', async () => {
    const hostile = ['../x', 'a/b', 'a\0b', 'a\nb', '\u001b[2J', 'y'.repeat(3_000), 'c\u202ed'];
    for (const name of [...hostile, '.', '..', '.partial']) put(name);
    put('answer.pgp');
    expect(await fetch()).toBe(1);
    expect(looks.every((name) => name === 'answer.pgp')).toBe(true);
    const names = (await refused()).map((each) => (each as string[])[0]);
    expect(names).toEqual([
      ...['../x', 'a/b', 'a\\u{0}b', 'a\\u{a}b', '\\u{1b}[2J', `${'y'.repeat(60)}…`],
      'c\\u{202e}d',
    ]);
  });

  it('S-21: reads 10,000 names at most, and says that there are more', async () => {
    for (let at = 0; at < 10_001; at += 1) put(`.hidden-${at}`);
    await fetch();
    expect(await refused()).toEqual([['', 'arrival-too-many-names']]);
  });

  it('S-22, S-09: leaves what is no file, what is too large, and what is not what it says', async () => {
    put('a-link', { isFile: false });
    put('huge', { sizes: [ARRIVAL_BYTES_MAX + 1] });
    put('empty', { sizes: [0] });
    put('shorter', { sizes: [message.length + 1] });
    put('shut', { refusesRead: true });
    put('clear.csv', undefined, noise(100).fill(0x41));
    put('answer.pgp');
    expect(await fetch()).toBe(1);
    expect([...files.keys()]).toEqual(['a-link', 'huge', 'empty', 'shorter', 'shut', 'clear.csv']);
    expect(await refused()).toEqual([
      ['a-link', 'arrival-not-a-file'],
      ['huge', 'arrival-size'],
      ['shorter', 'arrival-unreadable'],
      ['shut', 'arrival-unreadable'],
      ['clear.csv', 'source-not-openpgp'],
    ]);
    expect(onDisk()).toHaveLength(1);
  });

  it('S-23: leaves what grows for the next time, and says nothing of it', async () => {
    put('between-looks', { sizes: [10, message.length] });
    put('while-read', { sizes: [message.length - 1] });
    expect(await fetch()).toBe(0);
    expect([files.size, onDisk(), await refused()]).toEqual([2, [], []]);
    files.set('between-looks', { bytes: message });
    files.delete('while-read');
    expect(await fetch()).toBe(1);
  });

  it('leaves a file that took the name of another while that was fetched, and fetches it next', async () => {
    put('answer.pgp');
    replacedBy = await encryptedPackets(literal(noise(6_000)), certificate);
    expect(await fetch()).toBe(1);
    expect([...files.keys()]).toEqual(['answer.pgp']);
    expect(await fetch()).toBe(1);
    expect([files.size, onDisk().length]).toEqual([0, 2]);
  });

  it('says once that it may not remove, and again when what was settled has gone and come back', async () => {
    put('answer.pgp', { refusesRemove: true });
    expect([await fetch(), await fetch()]).toEqual([1, 0]);
    const [open, ...more] = await box.arrivals.refusals();
    expect([open!.code, more]).toEqual(['arrival-not-removed', []]);
    const settling = { id: open!.id, officer: 'officer-1', reason: 'they will clear it' };
    expect(await settleArrival(box, settling)).toMatchObject({ wasHere: false });
    await fetch();
    expect(await refused()).toEqual([]);
    files.clear();
    await fetch();
    put('answer.pgp', { refusesRemove: true });
    await fetch();
    expect(await refused()).toEqual([['answer.pgp', 'arrival-not-removed']]);
  });
});

describe('recipientSchema', () => {
  it('has answers fetched from a directory of the same server, and from no other place', () => {
    const same = recipientEntry();
    const [endpoint] = same.endpoints as unknown as { directory: string }[];
    const answers = { directory: endpoint!.directory };
    expect(recipientSchema.safeParse({ ...same, answers }).success).toBe(false);
    const folderOnly = [{ kind: 'manual', directory: 'out' }];
    const elsewhere = { ...same, endpoints: folderOnly, answers: { directory: '/answers' } };
    expect(recipientSchema.safeParse(elsewhere).success).toBe(false);
  });
});

describe('fetchFromAll()', () => {
  const recipients = Array.from({ length: FOLDERS_AT_ONCE + 2 }, (_, at) => ({
    ...recipient,
    id: `psp-${at}`,
  }));
  const all = (open: (asked: number) => Promise<AnswerFolder>, signal: AbortSignal) => {
    let asked = 0;
    const ports = Object.assign(Object.create(box) as PickupBox, {
      publicKeys: { openpgp: () => Promise.resolve(certificate) },
      pause: { sleep: () => Promise.resolve() },
      answerFolders: { open: () => open(asked++) },
    });
    const secrets = { credentials: () => Promise.resolve({}) };
    return fetchFromAll(ports, recipients, secrets, signal);
  };
  const signal = new AbortController().signal;

  it('lets one that is slow hold up no other, and asks no more than a few at a time', async () => {
    const slow = Promise.withResolvers<AnswerFolder>();
    let [open, most, closed] = [0, 0, 0];
    const others = Promise.withResolvers<undefined>();
    const running = all((asked) => {
      open += 1;
      most = Math.max(most, open);
      if (asked === 0) return slow.promise;
      const close = (): Promise<void> => {
        [open, closed] = [open - 1, closed + 1];
        if (closed === recipients.length - 1) others.resolve(undefined);
        return Promise.resolve();
      };
      return Promise.resolve({ ...folder, close });
    }, signal);
    // Would wait for ever were they asked one after the other.
    await others.promise;
    slow.resolve(folder);
    expect(await running).toEqual({ came: 0, failed: [] });
    expect(most).toBe(FOLDERS_AT_ONCE);
  });

  it('tells why which could not be read, in their order, and begins with none once it ends', async () => {
    const failing = [1, 4].map((at) => new Error(`psp-${at}`));
    const open = (asked: number): Promise<AnswerFolder> => {
      const failure = failing.find(({ message }) => message === `psp-${asked}`);
      return failure === undefined ? Promise.resolve(folder) : Promise.reject(failure);
    };
    expect((await all(open, signal)).failed).toEqual(failing);
    expect(await all(open, AbortSignal.abort())).toEqual({ came: 0, failed: [] });
  });
});
