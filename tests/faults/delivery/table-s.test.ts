import { once } from 'node:events';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { basename, join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { recipientSchema } from '../../../src/domain/recipients/recipient.ts';
import { BLOCK_BYTES } from '../../../src/edge/sftp/pipelined-writer.ts';
import { sftpAnswerFolders } from '../../../src/edge/sftp/sftp-answer-folder.ts';
import { SftpCourier } from '../../../src/edge/sftp/sftp-courier.ts';
import type { SftpKeyPair } from '../../../src/edge/sftp/sftp-key.ts';
import { fetchAnswers } from '../../../src/exchange/arrivals/fetch-answers.ts';
import { noise } from '../../support/chunks.ts';
import { BATCH, DeliveryBench, FILE, testKey } from '../../support/delivery-bench.ts';
import { FakePeer } from '../../support/fake-peer.ts';
import type { PeerRules } from '../../support/fake-peer.ts';
import { encryptedPackets, literal } from '../../support/hand-made-message.ts';
import { ourTestKey } from '../../support/our-test-key.ts';
import { dated, firstTwoBlocks, fullAt, inAnyCase } from '../../support/peer-lies.ts';
import { PickupBox } from '../../support/pickup-box.ts';
import { recipientEntry, sftpEndpoint } from '../../support/recipient-entry.ts';
import { dataPacket, extensionOf, namePacket, statusOf } from '../../support/sftp-packets.ts';
import { startSshd } from '../../support/sshd.ts';

// What may go wrong with the server of a recipient, each with what is to come of it. The server is the sftp-server of
// OpenSSH behind one of ours that lies, refuses and cuts.

const openssh = 'tests/edge/sftp/openssh.test.ts';
const login = 'tests/edge/sftp/login.test.ts';
const folder = 'tests/edge/sftp/sftp-answer-folder.test.ts';
const fetching = 'tests/unit/arrivals/fetch-answers.test.ts';
const hostile = 'tests/faults/delivery/hostile-server.test.ts';
const control = 'tests/faults/delivery/control-file.test.ts';
const cuts = 'tests/faults/delivery/cut-sweep.test.ts';
const trouble = 'tests/journeys/delivery-trouble.test.ts';
const rounds = 'tests/unit/serve/delivery-round.test.ts';

type Place = readonly [file: string, title: string, ofLoop?: string];

/** Rows that others try: where they stand, the title there, and which of a loop it is. Some are tried here besides. */
const elsewhere: Readonly<Record<string, readonly Place[]>> = {
  'S-01: another host key: stopped before any login, and left to a person': [
    [openssh, 'stops before any login when no host key is pinned'],
    [trouble, 'meets ${what}: ${code}, exit ${status}', 'another host key, before any login'],
  ],
  'S-02: only weak algorithms: refused, until each is allowed with a reason': [
    [
      'tests/journeys/old-receivers.test.ts',
      'is refused, with what it offers and the line that would let it in: 76',
    ],
  ],
  // Otherwise than the table has it, no refused login is tried again by itself: servers lock accounts.
  'S-03: a refused login: once, and left to a person': [[openssh, 'reports a refused login']],
  'S-04: no directory, no right to write: left to a person, nothing published': [
    [openssh, 'reports a missing directory and one that is a file'],
    [openssh, 'reports a directory it may not write to'],
    [hostile, 'fails on ${title}', 'no permission to write'],
    [hostile, 'fails on ${title}', 'a directory that is missing'],
  ],
  'S-05: a full disk: tried again five times, ever later, then left to a person': [
    [hostile, 'reports a full file system before sending and after a refused write'],
    [rounds, 'begins it again five times, ever later, and then leaves it to a person'],
  ],
  'S-06: the final name is there: stored if it is ours, otherwise a conflict': [
    [hostile, 'takes the same content under the final name for stored'],
    [hostile, 'overwrites no other content and reports the conflict'],
  ],
  'S-07: writes are acknowledged and dropped: not published': [
    [hostile, 'publishes nothing when writes are acknowledged and dropped'],
  ],
  'S-08: one byte is changed: not published': [
    [hostile, 'publishes nothing when one byte of a write is changed'],
  ],
  'S-09: less than was asked for is read on, more is not believed': [
    [hostile, 'reads on after short answers'],
    [hostile, 'is not fooled by more data than it asked for'],
  ],
  'S-10: temporary files are hidden or not to be read: told as unverified': [
    [hostile, 'records unverified where reading back is refused'],
    [hostile, 'delivers into a box that cannot be looked at, and presumes after a lost answer'],
    [control, 'believes the bytes it can read, not the look'],
  ],
  'S-11: taken the moment it appears: stored, or presumed where the answer was lost': [
    [cuts, 'never publishes twice when a consumer takes the file the moment it appears'],
  ],
  'S-12: renamed, the answer lost: stored, and one file': [
    [cuts, 'ends with one correct file: ${cut}, ${fate}', 'cut-after'],
  ],
  'S-13: not renamed, the connection lost: renamed again, and one file': [
    [cuts, 'ends with one correct file: ${cut}, ${fate}', 'cut-before'],
  ],
  'S-14: linked and not unlinked: stored, the temporary file removed': [
    [hostile, 'finishes a rename of which the server did one half'],
  ],
  'S-15: the temporary file is gone once the rename may have been sent: presumed': [
    [hostile, 'presumes when both names are gone'],
  ],
  'S-16: an id that nobody asked for: no answer, and another connection': [
    [hostile, 'waits for no answer with a strange id beyond the deadline'],
  ],
  'S-17: sftp-server is stopped behind a living connection: its deadline, then a look': [
    [hostile, 'gives a stopped sftp-server its deadline, then reconciles'],
  ],
  'S-18: a trickle: broken off': [[login, 'breaks a trickle']],
  'S-19: no rename: left to a person, or written in place with a control file after it': [
    [control, 'is refused as remote-unsupported while the endpoint says that it can rename'],
    [control, 'writes under the final name, exclusively, and reads back'],
    [control, 'and puts the control file the same way'],
  ],
  'S-21: hostile names: passed over and shown escaped; 10,000 at most': [
    [fetching, 'S-21: passes over hostile names, shows them escaped, and fetches the others'],
    [fetching, 'S-21: reads 10,000 names at most, and says that there are more'],
  ],
  'S-22: links, pipes and directories among the answers: left there, and on record': [
    [folder, 'lists, looks without following a link, reads so much and no more, and removes'],
    [
      fetching,
      'S-22, S-09: leaves what is no file, what is too large, and what is not what it says',
    ],
  ],
  'S-23: an answer that grows: left for the next time': [
    [fetching, 'S-23: leaves what grows for the next time, and says nothing of it'],
  ],
  'S-25: no fsync is noted; one that fails: not published': [
    [hostile, 'notes a missing fsync and goes on'],
    [hostile, 'fails on ${title}', 'fsync that fails'],
  ],
  'S-26: a close that fails: not published': [[hostile, 'fails on ${title}', 'a close that fails']],
};

let key: SftpKeyPair;
let peer: FakePeer;
let bench: DeliveryBench;
let certificate: string;
let message: Uint8Array;

beforeAll(async () => {
  key = await testKey();
  peer = await FakePeer.start();
  certificate = (await ourTestKey()).ourKey.certificate;
  message = await encryptedPackets(literal(noise(5_000)), certificate);
});
afterAll(() => peer.stop());
beforeEach(() => {
  peer.rules = {};
  peer.renames = 0;
  peer.seen.length = 0;
  bench = patientBench();
});
afterEach(() => bench.clear());

/** Whoever is broken off by this one was so for what they said, not for how long they took. */
function patientBench(length?: number): DeliveryBench {
  const made = new DeliveryBench(peer, key, length);
  made.limits = { requestMs: 600_000, loginMs: 600_000 };
  return made;
}

const asked = (type: string): number => peer.seen.filter((each) => each === type).length;

describe('table S', () => {
  it('has each of its rows, here or where it says', () => {
    const here = readFileSync(import.meta.filename, 'utf8');
    const rows = [...here.matchAll(/^ {2}(?:it\()?'(S-\d\d): /gm)].map(([, row]) => row);
    const all = Array.from({ length: 28 }, (_, at) => `S-${String(at + 1).padStart(2, '0')}`);
    expect([...new Set(rows)].sort()).toEqual(all);
  });

  it.each(Object.entries(elsewhere))('%s', (_row, places) => {
    for (const [file, title, ofLoop] of places) {
      const there = readFileSync(file, 'utf8');
      const titles = [...there.matchAll(/\bit\(\s*(['`])(.*?)\1,/g)].map(([, , each]) => each);
      expect(titles, file).toContain(title);
      if (ofLoop !== undefined) expect(there).toContain(`'${ofLoop}'`);
    }
  });
});

describe('table S, before the login', () => {
  it('S-02: nothing but ChaCha20-Poly1305, even with strict key exchange: refused', async () => {
    const sshd = await startSshd({
      authorizedKeys: [key.publicLine],
      config: ['Ciphers chacha20-poly1305@openssh.com'],
    });
    try {
      const [hostKey] = sshd.hostKeys;
      const { port, user } = sshd;
      bench.endpoint = { ...bench.endpoint, port, user, hostKeys: [hostKey!] };
      // Nor is there anything that could be allowed to let it in.
      expect(await bench.deliver()).toMatchObject({
        ...{ state: 'failed', attempts: 1 },
        fault: { code: 'algorithms-refused', facts: { missing: ['cipher'], allow: [] } },
      });
    } finally {
      await sshd.stop();
    }
  });

  it('S-03: banners without end: broken off, tried three times, then left to a person', async () => {
    peer.rules = { bannersWithoutEnd: true };
    expect(await bench.deliver()).toMatchObject(brokenOff);
    expect(asked('INIT')).toBe(0);
  });

  it('S-03: a banner of 1 MiB, and lines without end, before the version: the same', async () => {
    for (const [text, isEndless] of [
      ['x'.repeat(1024 * 1024), false],
      ['x\r\n'.repeat(10_000), true],
    ] as const) {
      const server = await saying(text, isEndless);
      const own = patientBench();
      own.endpoint = { ...own.endpoint, port: (server.address() as AddressInfo).port };
      expect(await own.deliver()).toMatchObject(brokenOff);
      own.clear();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

const brokenOff = { state: 'failed', attempts: 3, fault: { code: 'protocol-fault' } };

/** A server that says this as soon as somebody comes, once or for as long as they listen. */
async function saying(text: string, isEndless: boolean): Promise<Server> {
  const server = createServer((socket) => {
    const pour = (): void => {
      while (socket.write(text) && isEndless && !socket.destroyed);
    };
    if (isEndless) socket.on('drain', pour);
    socket.on('error', () => undefined);
    socket.resume();
    pour();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const EOF = 1;

describe('table S, while sending', () => {
  it('S-05: full at any block: nothing is left there, and it goes on once there is room', async () => {
    const length = 100_000;
    const blocks = Math.ceil(length / BLOCK_BYTES);
    for (let nth = 1; nth <= blocks; nth += 1) {
      const own = patientBench(length);
      peer.rules = fullAt(nth);
      expect(await own.deliver()).toMatchObject({
        ...{ state: 'failed', attempts: 3, fault: { code: 'remote-full' } },
      });
      expect([own.files(), own.pauses, peer.renames]).toEqual([[], [5_000, 30_000], nth - 1]);
      peer.rules = {};
      own.journal.force(BATCH, 'retry');
      expect([(await own.deliver()).state, own.files()]).toEqual(['stored', [FILE]]);
      own.clear();
    }
  });

  it('S-09: a file without end is read one byte beyond its size, and not published', async () => {
    peer.rules = {
      onAnswer: (answer, request) =>
        request?.type === 'READ' && statusOf(answer) === EOF
          ? dataPacket(answer.id, Buffer.alloc(BLOCK_BYTES))
          : answer.bytes,
    };
    const { state, attempts, fault } = await bench.deliver();
    expect([state, attempts, fault?.code]).toEqual(['failed', 3, 'remote-content-differs']);
    // Each block once, and the last one again for the byte beyond.
    expect(asked('READ')).toBe(3 * (Math.ceil((bench.payload.length + 1) / BLOCK_BYTES) + 1));
    expect([peer.renames, bench.files().includes(FILE)]).toEqual([0, false]);
  });

  it('S-15: the temporary file is gone before the rename: sent again under another name', async () => {
    let sweeps = 1;
    peer.rules = {
      onAnswer: (answer, request) => {
        if (request?.type === 'CLOSE' && (sweeps -= 1) === 0) {
          for (const name of bench.files()) rmSync(join(bench.directory, name));
        }
        return answer.bytes;
      },
    };
    expect(await bench.deliver()).toMatchObject({ state: 'stored', attempts: 2 });
    expect((await bench.journal.load(BATCH)).publishingFrom).toBe(`.${FILE}.2-1.part`);
    expect([peer.renames, bench.files()]).toEqual([1, [FILE]]);
  });

  it('S-16: answers with the ids of each other: not published, and sent again', async () => {
    peer.rules = firstTwoBlocks('crossed');
    expect(await bench.deliver()).toMatchObject({ state: 'stored', attempts: 2 });
    expect([peer.renames, bench.files()]).toEqual([1, [FILE]]);
  });

  // Otherwise than the table has it, neither is an error: ids tell what an answer belongs to, in any order, and what
  // belongs to nothing any more is passed over.
  it('S-16: answers out of order, and each twice: stored', async () => {
    const twice: PeerRules = {
      onAnswer: ({ type, bytes }) => (type === 'VERSION' ? bytes : Buffer.concat([bytes, bytes])),
    };
    for (const rules of [firstTwoBlocks('reversed'), twice]) {
      const own = patientBench();
      peer.renames = 0;
      peer.rules = rules;
      expect(await own.deliver()).toMatchObject({
        ...{ state: 'stored', attempts: 1, evidence: { verification: 'read-back' } },
      });
      expect([peer.renames, own.files()]).toEqual([1, [FILE]]);
      own.clear();
    }
  });

  // Otherwise than the table has it, there is no claim file that would make it safe: a rename that overwrites is never
  // asked for, and such a server is written to in place (S-19).
  it('S-20: only a rename that overwrites: never asked for, and left to a person', async () => {
    const extensions = new Set<string>();
    let isOffered = false;
    peer.rules = {
      onRequest: (request) => {
        extensions.add(extensionOf(request));
        return request.type === 'RENAME' ? { status: 8 } : 'forward';
      },
      onAnswer: ({ type, bytes }) => {
        isOffered ||= type === 'VERSION' && bytes.includes('posix-rename@openssh.com');
        return bytes;
      },
    };
    expect(await bench.deliver()).toMatchObject({
      ...{ state: 'failed', attempts: 1, fault: { code: 'remote-unsupported' } },
    });
    expect([isOffered, [...extensions].sort()]).toEqual([
      ...[true, ['', 'fsync@openssh.com', 'limits@openssh.com', 'statvfs@openssh.com']],
    ]);
    expect(bench.files()).not.toContain(FILE);
  });

  it('S-24: one handle at a time is enough, to deliver and to fetch', async () => {
    let open = 0;
    peer.rules = {
      onRequest: ({ type }) => (type.startsWith('OPEN') && open > 0 ? { status: 4 } : 'forward'),
      onAnswer: (answer, request) => {
        if (answer.type === 'HANDLE') open += 1;
        else if (request?.type === 'CLOSE') open -= 1;
        return answer.bytes;
      },
    };
    expect(await bench.deliver()).toMatchObject({
      ...{ state: 'stored', attempts: 1, evidence: { verification: 'read-back' } },
    });
    putAnswer();
    expect(await fetched()).toEqual({ came: 1, refused: [] });
  });

  it('S-27: files dated 1970, or ten years off: no effect, on what is delivered and what is fetched', async () => {
    const usual = await bench.deliver();
    for (const year of [1970, 2016, 2036]) {
      bench.clear();
      bench = patientBench();
      let told = 0;
      peer.rules = dated(new Date(Date.UTC(year)), () => (told += 1));
      expect(await bench.deliver()).toEqual(usual);
      putAnswer();
      expect(await fetched()).toEqual({ came: 1, refused: [] });
      expect(told).toBeGreaterThan(3);
    }
  });

  // Otherwise than the table has it, a recipient may ask for names with capitals. What tells two of ours apart is digits
  // and hexadecimal of one case, so that no two of them are one to such a server.
  it('S-28: names of any case are one: another content is a conflict, our own is stored', async () => {
    const theirs = join(bench.directory, FILE.toUpperCase());
    peer.rules = inAnyCase(FILE);
    writeFileSync(theirs, 'theirs');
    const { state, fault } = await bench.deliver();
    expect([state, fault?.code]).toEqual(['conflict', 'target-taken']);
    expect([readFileSync(theirs, 'utf8'), bench.files().length]).toEqual(['theirs', 1]);
    const own = patientBench();
    writeFileSync(join(own.directory, FILE.toUpperCase()), own.payload);
    expect(await own.deliver()).toMatchObject({ state: 'stored', evidence: { final: 'same' } });
    expect([peer.renames, own.files().length]).toEqual([0, 1]);
    own.clear();
  });
});

describe('table S, fetching answers', () => {
  it('S-21: one name often, and hostile ones: fetched once, and no other is asked for', async () => {
    const listed = ['../x', 'a/b', 'a\0b', 'a\nb', '\u001b[2J', 'y'.repeat(3_000)];
    const looked: string[] = [];
    putAnswer();
    let answers = 1;
    peer.rules = {
      onRequest: ({ type, bytes }) => {
        if (type === 'LSTAT') {
          looked.push(basename(bytes.subarray(13, 13 + bytes.readUInt32BE(9)).toString()));
        }
        return 'forward';
      },
      onAnswer: (answer, request) =>
        request?.type === 'READDIR' && (answers -= 1) === 0
          ? namePacket(answer.id, [...listed, 'answer.pgp', ...listed, 'answer.pgp'])
          : answer.bytes,
    };
    const { came, refused } = await fetched();
    expect([came, refused.length, new Set(refused)]).toEqual([
      ...[1, listed.length, new Set(['arrival-name'])],
    ]);
    // Found, steady, and still the same after it was read.
    expect(looked).toEqual(['answer.pgp', 'answer.pgp', 'answer.pgp']);
    expect(readdirSync(answersOf(bench))).toEqual([]);
  });

  it('S-21: a list without end: 10,000 names are read, and that there are more is on record', async () => {
    putAnswer();
    peer.rules = {
      onAnswer: (answer, request) =>
        request?.type === 'READDIR'
          ? namePacket(
              answer.id,
              Array.from({ length: 100 }, (_, at) => `.${asked('READDIR')}-${at}`),
            )
          : answer.bytes,
    };
    expect(await fetched()).toEqual({ came: 0, refused: ['arrival-too-many-names'] });
    expect(asked('READDIR')).toBe(101);
  });
});

const answersOf = ({ directory }: DeliveryBench): string => join(directory, 'answers');

function putAnswer(): void {
  bench.makeDirectory('answers');
  writeFileSync(join(answersOf(bench), 'answer.pgp'), message);
}

/** What came in from the directory of answers, and why the others were left there. */
async function fetched(): Promise<{ readonly came: number; readonly refused: readonly string[] }> {
  const box = new PickupBox();
  const { port, hostKeys, directory, host } = bench.endpoint;
  const endpoint = { ...sftpEndpoint, host, port, directory, host_keys: [...hostKeys] };
  const answers = { directory: answersOf(bench) };
  const recipient = recipientSchema.parse(recipientEntry({ endpoints: [endpoint], answers }));
  const ports = Object.assign(Object.create(box) as PickupBox, {
    publicKeys: { openpgp: () => Promise.resolve(certificate) },
    pause: { sleep: () => Promise.resolve() },
    answerFolders: sftpAnswerFolders(new SftpCourier(bench.limits)),
  });
  try {
    const came = await fetchAnswers(ports, recipient, bench.credentials);
    return { came, refused: (await box.arrivals.refusals()).map(({ code }) => code) };
  } finally {
    await box.dispose();
  }
}
