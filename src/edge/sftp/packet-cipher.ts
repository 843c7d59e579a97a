import { createCipheriv, createSecretKey, randomFillSync } from 'node:crypto';
import type { CipherGCMTypes, KeyObject } from 'node:crypto';
import type { Socket } from 'node:net';

/** Length of the packet and of its padding, before the payload (RFC 4253 section 6). */
const HEADER_BYTES = 5;
const PADDING_MIN = 4;
const CIPHER_BLOCK_BYTES = 16;
/** Room for the largest packet a server announces, with its header and padding. */
const SCRATCH_BYTES = 33 * 1024;
/** Packets up to this size are not worth a shared buffer. */
const SMALL_BYTES = 4 * 1024;
const RANDOM_BYTES = 4 * 1024;

/** The state of ssh2's own cipher for AES-GCM. */
export interface PacketCipherState {
  readonly outSeqno: number;
  readonly _encSSLName: CipherGCMTypes;
  readonly _encKey: KeyObject | Uint8Array;
  readonly _encIV: Uint8Array;
}

/**
 * Encrypts SSH packets with AES-GCM (RFC 5647, `aes256-gcm@openssh.com`) in place of ssh2's own class, and has the
 * members ssh2 calls.
 *
 * ssh2's makes two buffers of 32 KiB for every packet and leaves them to the collector, which then takes as long as
 * encryption and hash together. Here the plain packet is built in the same buffer every time, and the encrypted one
 * is given back as soon as the socket is done with it.
 */
export class PacketCipher {
  /** Read by ssh2 when new keys are agreed on. */
  outSeqno: number;
  readonly #socket: Socket;
  readonly #name: CipherGCMTypes;
  readonly #key: KeyObject;
  /** Four fixed bytes and a counter of eight. No value of it may ever be used twice, so `from` is not used any more. */
  readonly #nonce: Uint8Array;
  readonly #scratch = Buffer.alloc(SCRATCH_BYTES);
  readonly #random = new Uint8Array(RANDOM_BYTES);
  #randomUsed = RANDOM_BYTES;
  #isFreed = false;

  constructor(socket: Socket, from: PacketCipherState) {
    this.#socket = socket;
    this.outSeqno = from.outSeqno;
    this.#name = from._encSSLName;
    // Node takes longer to find out that a key is plain bytes than to encrypt 8 KiB.
    this.#key = from._encKey instanceof Uint8Array ? createSecretKey(from._encKey) : from._encKey;
    this.#nonce = from._encIV;
  }

  free(): void {
    this.#isFreed = true;
  }

  /**
   * A packet with room for the payload, which ssh2 fills in from byte 5 on.
   *
   * A large one is good until the next is asked for: ssh2 fills and encrypts those for channel data at once.
   */
  allocPacket(payloadBytes: number): Buffer {
    let padding = CIPHER_BLOCK_BYTES - ((1 + payloadBytes) % CIPHER_BLOCK_BYTES);
    if (padding < PADDING_MIN) padding += CIPHER_BLOCK_BYTES;
    const bytes = HEADER_BYTES + payloadBytes + padding;
    const isShared = bytes > SMALL_BYTES && bytes <= SCRATCH_BYTES;
    const packet = isShared ? this.#scratch.subarray(0, bytes) : Buffer.alloc(bytes);
    packet.writeUInt32BE(bytes - 4, 0);
    packet[4] = padding;
    packet.set(this.#drawRandom(padding), HEADER_BYTES + payloadBytes);
    return packet;
  }

  encrypt(packet: Buffer): void {
    if (this.#isFreed) return;
    const cipher = createCipheriv(this.#name, this.#key, this.#nonce);
    // A copy: the packet's buffer is filled anew before the socket has written.
    const length = Buffer.from(packet.subarray(0, 4));
    cipher.setAAD(length);
    const encrypted = cipher.update(packet.subarray(4));
    cipher.final();
    const tag = cipher.getAuthTag();
    countUp(this.#nonce);
    this.outSeqno = (this.outSeqno + 1) >>> 0;
    const socket = this.#socket;
    if (!socket.writable || socket.readableEnded) return;
    socket.write(length);
    socket.write(encrypted, () => {
      giveBack(encrypted);
    });
    socket.write(tag);
  }

  #drawRandom(bytes: number): Uint8Array {
    if (this.#randomUsed + bytes > RANDOM_BYTES) {
      randomFillSync(this.#random);
      this.#randomUsed = 0;
    }
    const drawn = this.#random.subarray(this.#randomUsed, this.#randomUsed + bytes);
    this.#randomUsed += bytes;
    return drawn;
  }
}

function countUp(nonce: Uint8Array): void {
  for (let at = 11; at >= 4; at -= 1) {
    nonce[at] = (nonce[at]! + 1) & 0xff;
    if (nonce[at] !== 0) return;
  }
}

/** Moves the memory out of a buffer nobody reads any more; small ones may share theirs with others. */
function giveBack({ buffer, byteLength }: Buffer): void {
  if (byteLength > SMALL_BYTES && byteLength === buffer.byteLength) {
    (buffer as ArrayBuffer).transfer(0);
  }
}
