import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { recipientSchema } from '../../../src/domain/recipients/recipient.ts';
import { systemPause } from '../../../src/edge/clock/system-pause.ts';
import { sftpAnswerFolders } from '../../../src/edge/sftp/sftp-answer-folder.ts';
import type { SftpKeyPair } from '../../../src/edge/sftp/sftp-key.ts';
import { fetchAnswers } from '../../../src/exchange/arrivals/fetch-answers.ts';
import { noise } from '../../support/chunks.ts';
import { encryptedPackets, literal } from '../../support/hand-made-message.ts';
import { ourTestKey } from '../../support/our-test-key.ts';
import { PickupBox } from '../../support/pickup-box.ts';
import { recipientEntry } from '../../support/recipient-entry.ts';
import { DeliveryBench, FILE, testKey } from '../../support/delivery-bench.ts';
import { pickupClients, runCall } from '../../support/pickup-clients.ts';
import type { BoxDoor } from '../../support/pickup-clients.ts';
import { startSshd } from '../../support/sshd.ts';
import type { Sshd } from '../../support/sshd.ts';

// docs/operating/own-sshd.md as it stands, with the paths and the account of this test.

const page = readFileSync(new URL('../../../docs/operating/own-sshd.md', import.meta.url), 'utf8');
const isRoot = process.getuid?.() === 0;
/** sshd locks nobody into a directory below one that others may write to, such as /tmp; and nobody unless it is root. */
const box = mkdtempSync(join(isRoot ? '/run' : tmpdir(), 'mimamori-box-'));
const keys = mkdtempSync(join(tmpdir(), 'mimamori-keys-'));
const top = isRoot ? '/' : `${box}/`;
const [outbox, done, inbox] = [`${top}outbox`, `${top}done`, `${top}inbox`];

let sshd: Sshd;
let bench: DeliveryBench;
let door: BoxDoor;
/** Of a recipient who may only read. */
let reader: BoxDoor;
let ourKey: SftpKeyPair;

const blocksOf = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, block]) => block!);

function theirKey(name: string): { path: string; line: string } {
  const path = join(keys, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
  return { path, line: readFileSync(`${path}.pub`, 'utf8').trim() };
}

beforeAll(async () => {
  const ours = await testKey();
  ourKey = ours;
  const [theirs, readers] = [theirKey('theirs'), theirKey('reader')];
  const { username } = userInfo();
  const [both, readOnly] = blocksOf('authorized_keys');
  const authorized = [
    both!.replace('OUR-KEY', ours.publicLine).replace('THEIR-KEY', theirs.line),
    readOnly!.replace('THEIR-KEY', readers.line),
  ];
  writeFileSync(join(keys, username), authorized.join(''));
  const config = blocksOf('sshd_config')[0]!
    .replace('Match Group pickup', `Match User ${username}`)
    .replace('/srv/pickup/%u', isRoot ? box : 'none')
    .replace('/etc/ssh/pickup/%u', `${keys}/%u`);
  const folders = [...blocksOf('sh')[0]!.matchAll(/\/srv\/pickup\/psp\/(\w+)/g)];
  for (const [, folder] of folders) mkdirSync(join(box, folder!));
  chmodSync(box, 0o755);
  sshd = await startSshd({ authorizedKeys: [], config: config.trimEnd().split('\n') });
  const { port, user } = sshd;
  bench = new DeliveryBench({ port, user, hostKey: sshd.hostKeys[0]! }, ours);
  bench.endpoint = { ...bench.endpoint, directory: outbox };
  const knownHosts = join(keys, 'known_hosts');
  const scan = ['-p', String(port), '127.0.0.1'];
  writeFileSync(
    knownHosts,
    execFileSync('ssh-keyscan', scan, { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  door = { user, port, key: theirs.path, knownHosts, fingerprint: sshd.hostKeys[0]!, home: keys };
  reader = { ...door, key: readers.path };
});

afterAll(async () => {
  await sshd.stop();
  bench.clear();
  for (const folder of [box, keys]) rmSync(folder, { recursive: true });
});

/** OpenSSH's sftp with a key of the recipient. */
function asRecipient(command: string, who = door) {
  return runCall({ ...pickupClients[0]!.list(who), input: `${command}\n` }, who.home);
}

describe('an OpenSSH server that is set up as docs/operating/own-sshd.md says', () => {
  it('takes a delivery, and gives the recipient the same bytes', async () => {
    const { state, evidence } = await bench.deliver();
    expect([state, evidence?.verification]).toEqual(['stored', 'read-back']);
    const to = join(keys, 'fetched');
    const { status, stderr } = await asRecipient(`get ${outbox}/${FILE} ${to}`);
    expect([status, stderr]).toEqual([0, '']);
    expect(readFileSync(to).equals(bench.payload)).toBe(true);
  });

  it('lets a recipient who may only read change nothing', async () => {
    for (const command of [
      `rm ${outbox}/${FILE}`,
      `rename ${outbox}/${FILE} ${outbox}/other`,
      `put ${door.knownHosts} ${outbox}/other`,
      `mkdir ${outbox}/other`,
      `chmod 644 ${outbox}/${FILE}`,
    ]) {
      expect([command, (await asRecipient(command, reader)).status]).toEqual([command, 1]);
    }
    expect((await asRecipient(`get ${outbox}/${FILE} ${join(keys, 'read')}`, reader)).status).toBe(
      0,
    );
    expect(readdirSync(join(box, 'outbox'))).toEqual([FILE]);
    expect(statSync(join(box, 'outbox', FILE)).mode & 0o777).toBe(0o600);
  });

  it('lets the recipient put the file away, and neither remove nor link nor make a directory', async () => {
    for (const command of [
      `rm ${outbox}/${FILE}`,
      `ln ${outbox}/${FILE} ${done}/link`,
      `ln -s ${outbox}/${FILE} ${done}/link`,
      `mkdir ${done}/other`,
      `rmdir ${inbox}`,
    ]) {
      expect([command, (await asRecipient(command)).status]).toEqual([command, 1]);
    }
    const { status, stderr } = await asRecipient(`rename ${outbox}/${FILE} ${done}/${FILE}`);
    expect([status, stderr]).toEqual([0, '']);
    const lying = ['outbox', 'done', 'inbox'].map((folder) => readdirSync(join(box, folder)));
    expect(lying).toEqual([[], [FILE], []]);
  });

  it('gives us the answers that the recipient brings, and lets us remove them', async () => {
    const desk = new PickupBox();
    const { certificate } = (await ourTestKey()).ourKey;
    const answer = await encryptedPackets(literal(noise(100_000)), certificate);
    writeFileSync(join(keys, 'answer.pgp'), answer);
    writeFileSync(join(keys, 'clear.csv'), 'H,mimamori-card-answer');
    for (const name of ['answer.pgp', 'clear.csv']) {
      const put = await asRecipient(`put -p ${join(keys, name)} ${inbox}/${name}`);
      expect([put.status, put.stderr]).toEqual([0, '']);
    }
    const { host, port, user, hostKeys } = bench.endpoint;
    const endpoint = { kind: 'sftp', host, port, user, directory: outbox, host_keys: hostKeys };
    const recipient = recipientSchema.parse(
      recipientEntry({ endpoints: [endpoint as never], answers: { directory: inbox } }),
    );
    const ports = Object.assign(Object.create(desk) as PickupBox, {
      publicKeys: { openpgp: () => Promise.resolve(certificate) },
      answerFolders: sftpAnswerFolders(),
      pause: systemPause,
    });
    const came = await fetchAnswers(ports, recipient, { privateKey: ourKey.privateKey });
    const [arrival] = await desk.arrivals.inState('arrived');
    expect([came, arrival!.name]).toEqual([1, 'answer.pgp']);
    expect(readFileSync(desk.arrivalFiles.pathOf(arrival!.id)).equals(answer)).toBe(true);
    expect(readdirSync(join(box, 'inbox'))).toEqual(['clear.csv']);
    const refused = await desk.arrivals.refusals();
    expect(refused.map(({ code }) => code)).toEqual(['source-not-openpgp']);
    await desk.dispose();
  });

  it('runs no program for the recipient', async () => {
    const { args } = pickupClients[0]!.list(door);
    const options = args.slice(0, args.indexOf('-b'));
    const place = ['-p', String(door.port), `${door.user}@127.0.0.1`, 'id'];
    const { status, stdout } = await runCall(
      { program: 'ssh', args: [...options, ...place] },
      door.home,
    );
    expect([status, stdout.includes('uid=')]).toEqual([1, false]);
  });
});
