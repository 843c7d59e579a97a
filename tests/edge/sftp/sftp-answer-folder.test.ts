import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SftpCourier } from '../../../src/edge/sftp/sftp-courier.ts';
import { sftpAnswerFolders } from '../../../src/edge/sftp/sftp-answer-folder.ts';
import { generateSftpKey } from '../../../src/edge/sftp/sftp-key.ts';
import type { AnswerFolder } from '../../../src/exchange/arrivals/answer-folder.ts';
import type { SftpEndpoint } from '../../../src/exchange/delivery/courier.ts';
import { FakePeer } from '../../support/fake-peer.ts';

// The real sftp-server of OpenSSH, in a directory with all that a directory can hold.

let peer: FakePeer;
let directory: string;
let folder: AnswerFolder;

async function open(path: string): Promise<AnswerFolder> {
  const { privateKey } = await generateSftpKey('ed25519', '');
  const courier = new SftpCourier({ requestMs: 5_000, loginMs: 10_000 });
  const endpoint: SftpEndpoint = {
    ...{ host: '127.0.0.1', port: peer.port, user: 'peer', directory: path },
    ...{ hostKeys: [peer.hostKey], authentication: 'key' as const },
    ...{ canReadBack: true, canList: true, rename: 'plain' as const },
  };
  return sftpAnswerFolders(courier).open(endpoint, { privateKey });
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'mimamori-answers-'));
  peer = await FakePeer.start();
  folder = await open(directory);
});
afterEach(async () => {
  await folder.close();
  await peer.stop();
  rmSync(directory, { recursive: true });
});

async function read(name: string, max: number): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  const isRead = await folder.read(name, max, (bytes) => {
    pieces.push(Buffer.from(bytes));
    return Promise.resolve();
  });
  return isRead ? Buffer.concat(pieces) : undefined;
}

describe('sftpAnswerFolders()', () => {
  it('lists, looks without following a link, reads so much and no more, and removes', async () => {
    const content = Buffer.alloc(200_000, 'answer');
    writeFileSync(join(directory, 'answer.pgp'), content);
    writeFileSync(join(directory, 'a\n\u001b[2J'), '');
    symlinkSync('/etc/passwd', join(directory, 'link'));
    mkdirSync(join(directory, 'folder'));
    execFileSync('mkfifo', [join(directory, 'pipe')]);
    const { names, isCut } = await folder.names(100);
    const own = names.filter((name) => name !== '.' && name !== '..').sort();
    expect([own, isCut]).toEqual([['a\n\u001b[2J', 'answer.pgp', 'folder', 'link', 'pipe'], false]);
    expect(await folder.look('answer.pgp')).toEqual({ sizeBytes: 200_000, isFile: true });
    for (const name of ['link', 'folder', 'pipe']) {
      expect(await folder.look(name)).toMatchObject({ isFile: false });
    }
    expect(await folder.look('nothing')).toBeUndefined();
    expect(content.equals((await read('answer.pgp', 1_000_000))!)).toBe(true);
    expect(await read('answer.pgp', 65_537)).toHaveLength(65_537);
    expect(await read('nothing', 10)).toBeUndefined();
    expect([await folder.remove('answer.pgp'), await folder.remove('answer.pgp')]).toEqual([
      true,
      true,
    ]);
    expect(await folder.remove('folder')).toBe(false);
    expect(existsSync(join(directory, 'answer.pgp'))).toBe(false);
  });

  it('reads no more names than it was told', async () => {
    for (let at = 0; at < 250; at += 1) writeFileSync(join(directory, `f${at}`), '');
    const { names, isCut } = await folder.names(150);
    expect([names.length, isCut]).toEqual([150, true]);
  });

  it('tells a directory that is not there from an empty one', async () => {
    const other = await open(join(directory, 'nowhere'));
    const missing = { code: 'remote-directory-missing', facts: { holds: 'answers' } };
    await expect(other.names(10)).rejects.toMatchObject(missing);
    await other.close();
  });
});
