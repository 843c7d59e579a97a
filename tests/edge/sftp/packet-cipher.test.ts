import { createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';

import { describe, expect, it } from 'vitest';

import { PacketCipher } from '../../../src/edge/sftp/packet-cipher.ts';

/** What the cipher needs of a socket: keeps what is written, and answers when told to. */
class HeldSocket {
  writable = true;
  readonly readableEnded = false;
  readonly written: Buffer[] = [];
  readonly waiting: (() => void)[] = [];

  write(bytes: Buffer, answer?: () => void): void {
    this.written.push(bytes);
    if (answer !== undefined) this.waiting.push(answer);
  }
}

const key = randomBytes(32);

function cipherFrom(counter: string): { cipher: PacketCipher; socket: HeldSocket } {
  const socket = new HeldSocket();
  const cipher = new PacketCipher(socket as unknown as Socket, {
    outSeqno: 0xffffffff,
    _encSSLName: 'aes-256-gcm',
    _encKey: createSecretKey(key),
    _encIV: Buffer.from(`01020304${counter}`, 'hex'),
  });
  return { cipher, socket };
}

function send(cipher: PacketCipher, payload: Uint8Array): void {
  const packet = cipher.allocPacket(payload.length);
  packet.set(payload, 5);
  cipher.encrypt(packet);
}

/** Opens one packet and gives back its payload. */
function open(written: readonly Buffer[], counter: string): Buffer {
  const [length, encrypted, tag] = written as [Buffer, Buffer, Buffer];
  const nonce = Buffer.from(`01020304${counter}`, 'hex');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(length);
  decipher.setAuthTag(tag);
  const plain = Buffer.concat([decipher.update(encrypted), decipher.final()]);
  expect(plain.length).toBe(length.readUInt32BE(0));
  expect(plain.length % 16).toBe(0);
  expect(plain[0]).toBeGreaterThanOrEqual(4);
  return plain.subarray(1, plain.length - plain[0]!);
}

describe('PacketCipher', () => {
  it('encrypts payloads of every length into packets that open', () => {
    for (const bytes of [1, 10, 11, 12, 15, 16, 4_000, 4_096, 32_777, 33_790, 40_000]) {
      const { cipher, socket } = cipherFrom('0000000000000000');
      const payload = randomBytes(bytes);
      send(cipher, payload);
      expect(open(socket.written, '0000000000000000')).toEqual(payload);
    }
  });

  it('uses every nonce once, carries included', () => {
    const { cipher, socket } = cipherFrom('00000000fffffffe');
    for (const text of ['first', 'second', 'third']) send(cipher, Buffer.from(text));
    expect(open(socket.written.slice(0, 3), '00000000fffffffe').toString()).toBe('first');
    expect(open(socket.written.slice(3, 6), '00000000ffffffff').toString()).toBe('second');
    expect(open(socket.written.slice(6, 9), '0000000100000000').toString()).toBe('third');
    const last = cipherFrom('ffffffffffffffff');
    for (const text of ['first', 'second']) send(last.cipher, Buffer.from(text));
    expect(open(last.socket.written.slice(3), '0000000000000000').toString()).toBe('second');
  });

  it('keeps packets whole that wait in the socket while the next are made', () => {
    const { cipher, socket } = cipherFrom('0000000000000000');
    const payloads = [randomBytes(32_000), randomBytes(32_000)];
    for (const payload of payloads) send(cipher, payload);
    expect(open(socket.written.slice(0, 3), '0000000000000000')).toEqual(payloads[0]);
    expect(open(socket.written.slice(3), '0000000000000001')).toEqual(payloads[1]);
  });

  it('gives the memory of a packet back only when the socket is done with it', () => {
    const { cipher, socket } = cipherFrom('0000000000000000');
    send(cipher, randomBytes(32_000));
    send(cipher, randomBytes(100));
    expect(socket.written[1]!.length).toBeGreaterThan(32_000);
    for (const answer of socket.waiting) answer();
    expect(socket.written[1]!.length).toBe(0);
    expect(socket.written[4]!.length).toBeGreaterThan(100);
  });

  it('counts packets as 32 bits', () => {
    const { cipher } = cipherFrom('0000000000000000');
    send(cipher, Buffer.from('x'));
    expect(cipher.outSeqno).toBe(0);
  });

  it('writes nothing once freed, or into an ended socket', () => {
    const { cipher, socket } = cipherFrom('0000000000000000');
    socket.writable = false;
    send(cipher, Buffer.from('x'));
    const freed = cipherFrom('0000000000000000');
    freed.cipher.free();
    send(freed.cipher, Buffer.from('x'));
    expect([...socket.written, ...freed.socket.written]).toEqual([]);
  });
});
