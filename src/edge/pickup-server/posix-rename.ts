/** OpenSSH PROTOCOL section 4.3. Not offered, and asked for all the same. */
const POSIX_RENAME = 'posix-rename@openssh.com';
const LENGTH_BYTES = 4;

/** From where to where, by an extended request; nothing where it is another one, or no such request. Throws nothing. */
export function readPosixRename(
  name: string,
  data: Buffer | undefined,
): readonly [from: string, to: string] | undefined {
  if (name !== POSIX_RENAME || data === undefined) return undefined;
  const paths: string[] = [];
  for (let at = 0; at < data.length && paths.length < 3;) {
    if (at + LENGTH_BYTES > data.length) return undefined;
    const end = at + LENGTH_BYTES + data.readUInt32BE(at);
    if (end > data.length) return undefined;
    paths.push(data.toString('utf8', at + LENGTH_BYTES, end));
    at = end;
  }
  const [from, to, ...more] = paths;
  return from === undefined || to === undefined || more.length > 0 ? undefined : [from, to];
}
