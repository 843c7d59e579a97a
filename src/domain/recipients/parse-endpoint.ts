import { hostField, remoteDirectoryField, userField } from './endpoint.ts';
import { RecipientsFault } from './errors.ts';

export interface EndpointAddress {
  readonly user: string;
  readonly host: string;
  readonly port: number;
  readonly directory: string;
}

const expected = 'user@host[:port]/directory';

function refuse(part: string): never {
  throw new RecipientsFault('endpoint-malformed', { expected, part });
}

/**
 * Reads `user@host:port/directory`, as people write it on a command line.
 *
 * The port defaults to 22. IPv6 addresses stand in brackets. The user ends at the last `@` before the host.
 * `/directory` is absolute, as in an sftp URL; `/./directory` is relative to where the login starts, and `/.` is
 * that place itself. The directory must be said: a default would put files where nobody looks. One slash at the
 * end is dropped.
 *
 * @throws RecipientsFault `endpoint-malformed` (fact `part`: user, host, port or directory), `endpoint-with-password`
 */
export function parseEndpoint(text: string): EndpointAddress {
  const match =
    /^(?:sftp:\/\/)?(?<login>[^/]*)@(?<place>\[[^\]/]*\]|[^@:/[\]]*)(?<port>:[^/]*)?(?<path>\/.*)?$/u.exec(
      text,
    )?.groups;
  if (match === undefined) return refuse(text.includes('@') ? 'host' : 'user');
  const login = match['login']!;
  // `user:password@host` would leave a secret in the shell's history and in the process list.
  if (login.includes(':')) throw new RecipientsFault('endpoint-with-password', { expected });
  if (!userField.safeParse(login).success) return refuse('user');
  const place = match['place']!;
  const host = place.startsWith('[') ? place.slice(1, -1) : place;
  if (!hostField.safeParse(host).success || place.startsWith('[') !== host.includes(':')) {
    return refuse('host');
  }
  return { user: login, host, port: parsePort(match['port']), directory: parsePath(match['path']) };
}

function parsePort(text: string | undefined): number {
  if (text === undefined) return 22;
  const port = /^:[1-9][0-9]{0,4}$/.test(text) ? Number(text.slice(1)) : 0;
  return port >= 1 && port <= 65535 ? port : refuse('port');
}

function parsePath(path: string | undefined): string {
  if (path === undefined || path === '') return refuse('directory');
  const relative = path === '/.' || path.startsWith('/./');
  const unslashed = path.replace(/(?<=.)\/$/, '');
  const directory = relative ? unslashed.slice(3) || '.' : unslashed;
  return remoteDirectoryField.safeParse(directory).success ? directory : refuse('directory');
}
