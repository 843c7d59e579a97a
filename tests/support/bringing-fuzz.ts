// Somebody who brings files, and does it wrong: well formed requests of SFTP, whose order, places and contents are not.

import { broughtFolders } from '../../src/domain/pickup/box-path.ts';
import type { Dice } from './dice.ts';

/** Stands in a case where the id of the key belongs that files are encrypted to, in hexadecimal: keys are made anew. */
export const KEY_ID_HERE = Buffer.from('KEY-ID-!').toString('hex');

/** Flags of an opening, draft-ietf-secsh-filexfer-02 section 6.3: read 1, write 2, append 4, create 8, truncate 16, exclusive 32. */
const openings = [0x02, 0x0e, 0x0b, 0x2a, 0x3f];
const USUAL_OPENING = 0x1a;
const folders = ['/inbox/', 'sources/', '/outbox/', '/inbox/../sources/', '/done/'];
const names = ['x', '', '..', 'a b', 'n'.repeat(128), 'n'.repeat(129)];
/** Numbers of handles of what is brought begin here. */
const FIRST_HANDLE = 0x8000_0000;
/** Now and then as many files as a session may have open, and more. */
const FILES_MAX = 20;
/** More pieces than are kept behind a gap, which together are more than is kept there. */
const FLOOD_PIECES = 1_100;
const FLOOD_BYTES = [1, 64, 4_000];

/** What one session sends, a piece a request or more of them. */
export function bringingPieces(dice: Dice): readonly Buffer[] {
  const count = dice.below(12) === 0 ? FILES_MAX : 1 + dice.below(3);
  const pieces: Buffer[] = [];
  for (let at = 0; at < count; at++) {
    const name = path(dice);
    pieces.push(opening(dice, name));
    if (dice.below(40) === 0) pieces.push(flood(dice, at));
    pieces.push(...writing(dice, handle(dice, at)));
    // Of many at once most stay open.
    if (dice.below(4) > (count === FILES_MAX ? 2 : 0)) {
      pieces.push(request(4, framed(handle(dice, at))));
    }
    if (dice.below(3) === 0) pieces.push(aside(dice, at, name));
  }
  return pieces;
}

function opening(dice: Dice, name: Buffer): Buffer {
  return request(
    3,
    framed(name),
    uint32(dice.below(10) === 0 ? dice.of(openings) : USUAL_OPENING),
    uint32(0),
  );
}

/** A content in slices, most of them in their order and at their place. */
function writing(dice: Dice, to: Buffer): readonly Buffer[] {
  const content = dice.below(4) === 0 ? clearText(dice) : message(dice);
  const size = 1 + dice.below(dice.of([40, 600, 32_768]));
  const slices: { at: number; bytes: Buffer }[] = [];
  for (let at = 0; at < content.length; at += size) {
    slices.push({ at, bytes: content.subarray(at, at + size) });
  }
  if (slices.length > 1 && dice.below(3) === 0) {
    const [one, other] = [dice.below(slices.length), dice.below(slices.length)];
    [slices[one], slices[other]] = [slices[other]!, slices[one]!];
  }
  if (dice.below(6) === 0) dice.of(slices).at += dice.of([-1, 1, size, 0x7fffffff]);
  if (dice.below(8) === 0) slices.push(dice.of(slices));
  return slices.map(({ at, bytes }) => write(to, Math.max(0, at), bytes, dice.below(200) === 0));
}

function write(to: Buffer, at: number, bytes: Buffer, isFar = false): Buffer {
  return request(6, framed(to), uint32(isFar ? 0xffffffff : 0), uint32(at), framed(bytes));
}

/** All behind a gap. */
function flood(dice: Dice, file: number): Buffer {
  const bytes = Buffer.alloc(dice.of(FLOOD_BYTES), dice.below(256));
  const to = handle(dice, file);
  const all = Array.from({ length: FLOOD_PIECES }, (_, at) =>
    write(to, 1 + at * bytes.length, bytes),
  );
  return Buffer.concat(all);
}

/** What else can be asked about files that are brought. */
function aside(dice: Dice, file: number, name: Buffer): Buffer {
  const attributes = Buffer.concat([uint32(4), uint32(0o777)]);
  switch (dice.below(9)) {
    case 0:
    case 1:
    case 2:
      return request(18, framed(name), framed(path(dice)));
    case 3:
      return request(13, framed(name));
    case 4:
      return request(17, framed(name));
    case 5:
      return request(9, framed(name), attributes);
    case 6:
      return request(10, framed(handle(dice, file)), attributes);
    case 7:
      return request(11, framed(Buffer.from(dice.of(folders))));
    default:
      return request(
        dice.of([5, 8, 12]),
        framed(handle(dice, file)),
        uint32(0),
        uint32(0),
        uint32(9),
      );
  }
}

/** Session keys, one of them mostly for us, and data, in every way that RFC 9580 section 4.2.1 has to say how long. */
function message(dice: Dice): Buffer {
  const keys = Array.from({ length: 1 + dice.below(3) }, (_, at) => {
    const id = at === 0 && dice.below(12) > 0 ? Buffer.from(KEY_ID_HERE, 'hex') : dice.bytes(8);
    return packet(dice, 1, Buffer.concat([Buffer.from([3]), id, dice.bytes(20)]));
  });
  const length = dice.of([0, 1, 40, 700, 9_000, 40_000]);
  const body = Buffer.concat([
    Buffer.from([1]),
    dice.bytes(20),
    Buffer.alloc(length, dice.below(256)),
  ]);
  const data = packet(dice, dice.below(20) === 0 ? dice.below(64) : 18, body);
  const more = dice.below(20) === 0 ? dice.bytes(5) : Buffer.alloc(0);
  const all = Buffer.concat([...keys, data, more]);
  return dice.below(12) === 0 ? all.subarray(0, 1 + dice.below(all.length)) : all;
}

function packet(dice: Dice, tag: number, body: Buffer): Buffer {
  const head = Buffer.from([0xc0 | tag]);
  // Parts of 512 bytes, and what is left, where that is less than 192.
  const parts = Math.floor(body.length / 512);
  if (parts > 0 && body.length % 512 < 192 && dice.below(2) === 0) {
    const said = Array.from({ length: parts }, (_, at) => [
      Buffer.from([0xe9]),
      body.subarray(at * 512, (at + 1) * 512),
    ]);
    const rest = body.subarray(parts * 512);
    return Buffer.concat([head, ...said.flat(), Buffer.from([rest.length]), rest]);
  }
  if (body.length < 192) return Buffer.concat([head, Buffer.from([body.length]), body]);
  return Buffer.concat([head, Buffer.from([0xff]), framed(body)]);
}

function clearText(dice: Dice): Buffer {
  const text = `H,mimamori-card-answer,1,h,b,accepted\nT,${dice.below(3)}\n`;
  return Buffer.from(text.repeat(1 + dice.below(400)));
}

function path(dice: Dice): Buffer {
  if (dice.below(12) === 0) return Buffer.from(dice.of(folders) + dice.of(names));
  return Buffer.from(`/${dice.of(broughtFolders)}/${dice.below(30)}.pgp`);
}

/** Mostly that of the file that was opened so many-th. */
function handle(dice: Dice, file: number): Buffer {
  return uint32(dice.below(40) === 0 ? dice.below(4) : FIRST_HANDLE + file);
}

/** A request of SFTP, draft-ietf-secsh-filexfer-02 section 3. */
function request(kind: number, ...fields: readonly Buffer[]): Buffer {
  // Answers come in the order of the requests: nobody looks at their numbers.
  return framed(Buffer.concat([Buffer.from([kind]), uint32(7), ...fields]));
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function framed(bytes: Buffer): Buffer {
  return Buffer.concat([uint32(bytes.length), bytes]);
}
