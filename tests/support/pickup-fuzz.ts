// What nobody should say to a pickup server, made from a seed: plausible messages of SSH and SFTP, then damaged.

import { bringingPieces } from './bringing-fuzz.ts';
import { Dice } from './dice.ts';

/** Where the pieces of a case are said. */
export const fuzzLayers = ['opening', 'login', 'session', 'sftp', 'bringing'] as const;

export type FuzzLayer = (typeof fuzzLayers)[number];

/**
 * `opening`: bytes on a fresh socket. `login`: payloads of packets before anybody logged in. `session`: payloads of packets of
 * somebody who did. `sftp`: bytes into their SFTP session. `bringing`: the same, of somebody who brings files and hears the
 * answers.
 */
export interface FuzzCase {
  readonly layer: FuzzLayer;
  /** In hexadecimal; `KEY_ID_HERE` stands for the id of our key. */
  readonly pieces: readonly string[];
}

/** SSH messages (RFC 4250 section 4.1.2) that may come before and after a login. */
const loginMessages = [
  1, 2, 3, 4, 5, 6, 7, 20, 21, 30, 31, 34, 50, 51, 52, 60, 61, 80, 90, 94, 255,
];
const sessionMessages = [
  2, 4, 7, 20, 21, 30, 50, 80, 81, 82, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100,
];
/** SFTP requests and answers (draft-ietf-secsh-filexfer-02 section 3). */
const sftpMessages = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 101, 105, 200, 255,
];
const texts = [
  ...['', 'psp', 'ssh-userauth', 'ssh-connection', 'none', 'password', 'publickey', 'hostbased'],
  ...['keyboard-interactive', 'ssh-rsa', 'rsa-sha2-256', 'ssh-ed25519', 'session', 'direct-tcpip'],
  ...['x11', 'forwarded-tcpip', 'direct-streamlocal@openssh.com', 'tcpip-forward', 'pty-req'],
  ...['shell', 'exec', 'env', 'subsystem', 'sftp', 'signal', 'window-change', 'exit-status'],
  ...['auth-agent-req@openssh.com', 'no-more-sessions@openssh.com', 'keepalive@openssh.com'],
  ...['/', '.', '..', '/outbox', '/done', '/outbox/file.pgp', '/done/file.pgp', '/inbox/x'],
  ...['/inbox', '/sources', '/sources/x', 'sources/../inbox/x'],
  ...['../../etc/passwd', '\0', '%n', 'limits@openssh.com', 'posix-rename@openssh.com'],
  ...['\0\0\0\x01', '\0\0\0\x02', '\0\0\0\xff', 'x'.repeat(5_000)],
];
const numbers = [0, 1, 2, 3, 0x7f, 0xff, 0x8000, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];
const ident = Buffer.from('SSH-2.0-OpenSSH_9.2\r\n');
const PIECES_MAX = 8;
const FIELDS_MAX = 7;

/** A case that is the same for the same seed. */
export function fuzzCase(seed: number): FuzzCase {
  const dice = new Dice(seed);
  const layer = dice.of(fuzzLayers);
  if (layer === 'bringing') {
    const said = [...bringingPieces(dice)];
    const at = dice.below(said.length);
    if (dice.below(3) === 0) said[at] = damaged(dice, said[at]!);
    return { layer, pieces: said.map((piece) => piece.toString('hex')) };
  }
  const pieces = Array.from({ length: 1 + dice.below(PIECES_MAX) }, (_, index) =>
    damaged(dice, pieceOf(dice, layer, index)).toString('hex'),
  );
  return { layer, pieces };
}

function pieceOf(dice: Dice, layer: Exclude<FuzzLayer, 'bringing'>, index: number): Buffer {
  if (layer === 'login') return message(dice, loginMessages);
  if (layer === 'session') return message(dice, sessionMessages);
  if (layer === 'sftp') return framed(message(dice, sftpMessages));
  if (index === 0 && dice.below(8) > 0) return ident;
  return plainPacket(dice, message(dice, loginMessages));
}

/** A number and fields behind it, each of which would be well formed somewhere. */
function message(dice: Dice, kinds: readonly number[]): Buffer {
  const fields = Array.from({ length: dice.below(FIELDS_MAX + 1) }, () => {
    const what = dice.below(4);
    if (what === 0) return Buffer.from([dice.below(2)]);
    if (what === 1) return dice.bytes(dice.below(40));
    return what === 2 ? uint32(dice.of(numbers)) : framed(Buffer.from(dice.of(texts), 'latin1'));
  });
  return Buffer.concat([Buffer.from([dice.of(kinds)]), ...fields]);
}

/** RFC 4253 section 6, as packets are before keys are agreed on. */
function plainPacket(dice: Dice, payload: Buffer): Buffer {
  const padding = 8 + ((8 - ((payload.length + 5) % 8)) % 8);
  return framed(Buffer.concat([Buffer.from([padding]), payload, dice.bytes(padding)]));
}

/** Half of them stay as they are; the others lose, gain or change some bytes. */
function damaged(dice: Dice, piece: Buffer): Buffer {
  const bytes = Buffer.from(piece);
  const at = dice.below(bytes.length + 1);
  switch (dice.below(8)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), dice.bytes(dice.below(9)), bytes.subarray(at)]);
    case 2:
      if (at < bytes.length) bytes[at]! ^= 1 << dice.below(8);
      return bytes;
    case 3:
      if (at + 4 <= bytes.length) bytes.writeUInt32BE(dice.of(numbers), at);
      return bytes;
    default:
      return bytes;
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function framed(bytes: Buffer): Buffer {
  return Buffer.concat([uint32(bytes.length), bytes]);
}
