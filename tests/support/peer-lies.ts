import type { PeerRules } from './fake-peer.ts';
import { extensionOf } from './sftp-packets.ts';
import type { SftpPacket } from './sftp-packets.ts';

/** A disk that is full at the n-th write, and has room again once a file is removed from it. */
export function fullAt(nth: number): PeerRules {
  let written = 0;
  return {
    onRequest: ({ type }) => {
      if (type === 'REMOVE') written = 0;
      if (type !== 'WRITE') return 'forward';
      written += 1;
      return written >= nth ? { status: 4 } : 'forward';
    },
    onAnswer: ({ bytes }, request) => {
      const isSpace = request !== undefined && extensionOf(request) === 'statvfs@openssh.com';
      // f_bavail, behind length, type, id and four numbers of statvfs(3).
      if (isSpace && written >= nth) bytes.writeBigUInt64BE(0n, 4 + 1 + 4 + 4 * 8);
      return bytes;
    },
  };
}

/** The first two blocks that are read come the second first, or each with the id of the other. */
export function firstTwoBlocks(how: 'reversed' | 'crossed'): PeerRules {
  const blocks: SftpPacket[] = [];
  return {
    onAnswer: (answer) => {
      if (answer.type !== 'DATA' || blocks.length === 2) return answer.bytes;
      blocks.push(answer);
      const [one, two] = blocks;
      if (two === undefined) return undefined;
      const ids = how === 'reversed' ? [two.id, one!.id] : [one!.id, two.id];
      return Buffer.concat([withId(two, ids[0]!), withId(one!, ids[1]!)]);
    },
  };
}

function withId({ bytes }: SftpPacket, id: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt32BE(id, 5);
  return changed;
}

/** Every file has these dates; `onDated` is told of each time that one was said. */
export function dated(date: Date, onDated: () => void): PeerRules {
  const seconds = date.getTime() / 1000;
  return {
    onAnswer: ({ type, bytes }) => {
      if (type !== 'ATTRS') return bytes;
      onDated();
      // Both stand last in what OpenSSH tells of a file.
      bytes.writeUInt32BE(seconds, bytes.length - 8);
      bytes.writeUInt32BE(seconds, bytes.length - 4);
      return bytes;
    },
  };
}

/** `name` lies there in capitals, and whoever asks for it in small letters finds it too. */
export function inAnyCase(name: string): PeerRules {
  return {
    onRequest: ({ bytes }) => {
      const at = bytes.indexOf(`/${name}`);
      if (at >= 0) bytes.write(`/${name.toUpperCase()}`, at);
      return { bytes };
    },
  };
}
