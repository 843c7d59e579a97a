import type { AddressInfo } from 'node:net';

import ssh2 from 'ssh2';
import type { AuthContext, Connection, ParsedKey } from 'ssh2';

import { fingerprintOf } from '../sftp/host-key-pins.ts';
import { generateSftpKey } from '../sftp/sftp-key.ts';
import { Box } from './box.ts';
import { serveBox } from './serve-box.ts';

const HOST = '127.0.0.1';
const LOGIN_MS = 15_000;

interface Door {
  /** The key that may log in; nobody before there is one. */
  accepted: ParsedKey | undefined;
}

/**
 * The recipients' SFTP server, on loopback and any free port, with a host key made for the occasion. Each account is a
 * box of its own; the only login is our public key, once it is known.
 */
export class SftpServer {
  readonly host = HOST;
  readonly port: number;
  readonly hostKey: string;
  readonly #server: ssh2.Server;
  readonly #door: Door;

  private constructor(server: ssh2.Server, hostKey: string, door: Door) {
    this.#server = server;
    this.#door = door;
    this.port = (server.address() as AddressInfo).port;
    this.hostKey = hostKey;
  }

  /** @param boxes directory of each account */
  static async start(boxes: ReadonlyMap<string, string>): Promise<SftpServer> {
    const { privateKey } = await generateSftpKey('ed25519', 'demo processor');
    const parsed = ssh2.utils.parseKey(Buffer.from(privateKey));
    if (parsed instanceof Error) throw parsed;
    const door: Door = { accepted: undefined };
    const server = new ssh2.Server({ hostKeys: [Buffer.from(privateKey)] }, (connection) => {
      serve(connection, boxes, door);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, HOST, resolve);
    });
    return new SftpServer(server, fingerprintOf(parsed.getPublicSSH()), door);
  }

  /** Lets the holder of an `authorized_keys` line in. Throws for anything that is no public key. */
  accept(line: string): void {
    const parsed = ssh2.utils.parseKey(line);
    if (parsed instanceof Error) throw parsed;
    this.#door.accepted = parsed;
  }

  close(): void {
    this.#server.close();
  }
}

function serve(connection: Connection, boxes: ReadonlyMap<string, string>, door: Door): void {
  // Without a listener a reset by the other side would end the process.
  connection.on('error', () => undefined);
  // Answers are small and waited for: gathered into full packets, each would come 40 ms late. The types leave this out.
  (connection as Connection & { setNoDelay(noDelay: boolean): void }).setNoDelay(true);
  const tooSlow = setTimeout(() => {
    connection.end();
  }, LOGIN_MS);
  connection.once('close', () => {
    clearTimeout(tooSlow);
  });
  let account = '';
  connection.on('authentication', (context) => {
    account = context.username;
    if (boxes.has(account) && mayLogIn(context, door.accepted)) context.accept();
    else context.reject(['publickey']);
  });
  connection.once('ready', () => {
    clearTimeout(tooSlow);
    connection.on('session', (acceptSession) => {
      acceptSession().on('sftp', (acceptChannel) => {
        serveBox(acceptChannel(), new Box(account, boxes.get(account)!));
      });
    });
  });
}

/** Without a signature the client only asks whether the key would do. */
function mayLogIn(context: AuthContext, key: ParsedKey | undefined): boolean {
  if (context.method !== 'publickey' || key === undefined) return false;
  if (!key.getPublicSSH().equals(context.key.data)) return false;
  if (context.signature === undefined || context.blob === undefined) return true;
  // A key that cannot be checked answers with an error, which is as true as true.
  const verdict: unknown = key.verify(context.blob, context.signature, context.hashAlgo);
  return verdict === true;
}
