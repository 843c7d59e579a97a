/** Packet types of SFTP version 3, by number (draft-ietf-secsh-filexfer-02 section 3). */
const packetNames: Readonly<Record<number, string>> = {
  1: 'INIT',
  2: 'VERSION',
  3: 'OPEN',
  4: 'CLOSE',
  5: 'READ',
  6: 'WRITE',
  7: 'LSTAT',
  8: 'FSTAT',
  9: 'SETSTAT',
  11: 'OPENDIR',
  12: 'READDIR',
  13: 'REMOVE',
  16: 'REALPATH',
  17: 'STAT',
  18: 'RENAME',
  101: 'STATUS',
  102: 'HANDLE',
  103: 'DATA',
  104: 'NAME',
  105: 'ATTRS',
  200: 'EXTENDED',
  201: 'EXTENDED_REPLY',
};

export interface SftpPacket {
  readonly type: string;
  readonly id: number;
  /** The whole packet with its length. */
  readonly bytes: Buffer;
}

/** Finds packet boundaries in a byte stream. */
export class PacketSplitter {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): SftpPacket[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const packets: SftpPacket[] = [];
    while (this.#rest.length >= 4) {
      const length = 4 + this.#rest.readUInt32BE(0);
      if (this.#rest.length < length) break;
      const bytes = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      packets.push({
        type: packetNames[bytes[4] ?? 0] ?? `type ${bytes[4] ?? 0}`,
        id: bytes.length >= 9 ? bytes.readUInt32BE(5) : 0,
        bytes,
      });
    }
    return packets;
  }
}

/** A STATUS packet answering request `id`. */
export function statusPacket(id: number, status: number): Buffer {
  const bytes = Buffer.alloc(4 + 1 + 4 + 4 + 4 + 4);
  bytes.writeUInt32BE(bytes.length - 4, 0);
  bytes[4] = 101;
  bytes.writeUInt32BE(id, 5);
  bytes.writeUInt32BE(status, 9);
  return bytes;
}

/** The status number inside a STATUS packet. */
export function statusOf(packet: SftpPacket): number | undefined {
  return packet.type === 'STATUS' ? packet.bytes.readUInt32BE(9) : undefined;
}

/** The name of an EXTENDED request, such as `fsync@openssh.com`; '' for any other packet. */
export function extensionOf(packet: SftpPacket): string {
  if (packet.type !== 'EXTENDED') return '';
  const length = packet.bytes.readUInt32BE(9);
  return packet.bytes.subarray(13, 13 + length).toString('latin1');
}

/** The VERSION packet without one of its extensions. */
export function withoutExtension(version: Buffer, name: string): Buffer {
  const parts: Buffer[] = [version.subarray(4, 9)];
  for (let at = 9; at < version.length;) {
    const nameLength = version.readUInt32BE(at);
    const dataLength = version.readUInt32BE(at + 4 + nameLength);
    const end = at + 8 + nameLength + dataLength;
    if (version.subarray(at + 4, at + 4 + nameLength).toString() !== name) {
      parts.push(version.subarray(at, end));
    }
    at = end;
  }
  const body = Buffer.concat(parts);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length, 0);
  return Buffer.concat([length, body]);
}

/** A DATA packet with these bytes, whatever was asked for. */
export function dataPacket(id: number, bytes: Buffer): Buffer {
  return packetOf(103, id, uint32(bytes.length), bytes);
}

/** A NAME packet that lists these, without attributes. */
export function namePacket(id: number, names: readonly string[]): Buffer {
  const entries = names.flatMap((name) => {
    const bytes = Buffer.from(name);
    return [uint32(bytes.length), bytes, uint32(0), uint32(0)];
  });
  return packetOf(104, id, uint32(names.length), ...entries);
}

function packetOf(type: number, id: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Uint8Array.of(type), uint32(id), ...parts]);
  return Buffer.concat([uint32(body.length), body]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
