import { readFileSync } from 'node:fs';

/** A call that handed bytes to the kernel. `to` is the descriptor with what it stands for: a path, a pipe, a socket. */
export interface TracedWrite {
  readonly call: string;
  readonly to: string;
  readonly payload: Uint8Array;
}

const calls = [
  ...['write', 'pwrite64', 'writev', 'pwritev', 'pwritev2'],
  ...['sendto', 'sendmsg', 'sendmmsg', 'splice', 'vmsplice', 'copy_file_range', 'sendfile'],
];
/** Longer than anything the program writes at once. */
const payloadMax = 4_000_000;

/** What to put in front of a command to record what it and all its children write, in full, as hexadecimal. */
export function underStrace(file: string): string[] {
  const options = ['-f', '-qq', '-y', '-xx', '-s', String(payloadMax), '-e', 'signal=none'];
  return ['strace', ...options, '-e', `trace=${calls.join(',')}`, '-o', file];
}

/** Reads the record. Throws for a payload that was cut short: what was not seen cannot be vouched for. */
export function readTrace(file: string): TracedWrite[] {
  return readFileSync(file, 'latin1').split('\n').flatMap(readLine);
}

/** Bytes of one descriptor one after the other, so that a number split over two calls is seen. */
export function joinedByTarget(writes: readonly TracedWrite[]): Map<string, Uint8Array> {
  const byTarget = new Map<string, Uint8Array[]>();
  for (const { to, payload } of writes) {
    const payloads = byTarget.get(to) ?? [];
    payloads.push(payload);
    byTarget.set(to, payloads);
  }
  return new Map(
    [...byTarget].map(([to, payloads]) => [to, new Uint8Array(Buffer.concat(payloads))]),
  );
}

/** `1234 write(5</a/path>, "\x7b\x22", 2) = 2`; calls over several buffers have several texts. */
function readLine(line: string): TracedWrite[] {
  const head = /^\d+\s+(\w+)\(((?:\d+|-1)(?:<.*?>)?)[,)]/.exec(line);
  if (head === null) return [];
  if (line.includes('"...')) throw new Error(`cut short: ${head[1]} to ${head[2]}`);
  const texts = line.split('"').filter((_, place) => place % 2 === 1);
  const payload = new Uint8Array(Buffer.from(texts.join('').replaceAll('\\x', ''), 'hex'));
  return [{ call: head[1]!, to: unescaped(head[2]!), payload }];
}

function unescaped(text: string): string {
  return text.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}
