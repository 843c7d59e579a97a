import type { Socket } from 'node:net';

import type { AlgorithmKind } from '../../domain/recipients/weak-algorithms.ts';

/** What a server says it can do, by kind, in its own order. Names of another form than RFC 4250 allows are left out. */
export type ServerOffer = Readonly<Record<AlgorithmKind, readonly string[]>>;

/** A version line with the banner before it, and one packet. More is not read. */
const READ_BYTES_MAX = 64 * 1024;
const NAMES_MAX = 64;
const MSG_KEXINIT = 20;
const COOKIE_BYTES = 16;

/**
 * Listens to the first packet of a server, which comes before any encryption: its lists of algorithms. ssh2 tells
 * only that nothing matched, and what a person needs to know is what the server does offer.
 *
 * To be attached after whoever reads the connection: a listener of its own would start the flow.
 */
export function listenForOffer(socket: Socket): () => ServerOffer | undefined {
  let head = Buffer.alloc(0);
  const onData = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    if (head.length > READ_BYTES_MAX || parseOffer(head) !== undefined) {
      socket.off('data', onData);
    }
  };
  // First, because ssh2 reports a refusal while it handles the very bytes that explain it.
  socket.prependListener('data', onData);
  return () => parseOffer(head);
}

/**
 * Reads the version exchange (RFC 4253 section 4.2) and SSH_MSG_KEXINIT (section 7.1).
 *
 * | after the version line | bytes |
 * |---|---|
 * | packet length, padding length | 4, 1 |
 * | message number, cookie | 1, 16 |
 * | key exchange, host key, ciphers to and from the server, MACs to and from the server, … | name-lists |
 */
export function parseOffer(bytes: Buffer): ServerOffer | undefined {
  const start = afterVersionLine(bytes);
  if (start === undefined || bytes.length < start + 6) return undefined;
  const end = start + 4 + bytes.readUInt32BE(start);
  if (end > bytes.length || bytes[start + 5] !== MSG_KEXINIT) return undefined;
  const lists = nameLists(bytes.subarray(start + 6 + COOKIE_BYTES, end), 5);
  if (lists === undefined) return undefined;
  const [keyExchange, hostKey, cipher, , mac] = lists;
  return {
    'key-exchange': keyExchange!,
    'host-key': hostKey!,
    cipher: cipher!,
    mac: mac!,
  };
}

/** A server may send lines of its own before the one that starts with `SSH-`. */
function afterVersionLine(bytes: Buffer): number | undefined {
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) return undefined;
    if (bytes.subarray(at, at + 4).toString('latin1') === 'SSH-') return end + 1;
    at = end + 1;
  }
  return undefined;
}

function nameLists(bytes: Buffer, count: number): string[][] | undefined {
  const lists: string[][] = [];
  let at = 0;
  for (let list = 0; list < count; list += 1) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    const names = bytes
      .subarray(at + 4, end)
      .toString('latin1')
      .split(',');
    lists.push(names.filter((name) => /^[!-+\--~]{1,64}$/.test(name)).slice(0, NAMES_MAX));
    at = end;
  }
  return lists;
}
