import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

/** What happens to the stream in one direction once `atByte` bytes of it have passed, over one connection. */
export interface ProxyFault {
  readonly direction: 'to-server' | 'to-client';
  readonly atByte: number;
  /** `hole`: both directions go silent and stay open. `flip`: one bit of that byte is changed, the rest passes. */
  readonly kind: 'rst' | 'fin' | 'hole' | 'flip';
}

/** A TCP proxy on the loopback that cuts, silences or damages its first connection at an exact byte. */
export class CutProxy {
  readonly port: number;
  /** For the next connection only. */
  fault: ProxyFault | undefined;
  /** Limits what passes to the server, per second; undefined: no limit. */
  bytesPerSecond: number | undefined;
  /** Bytes passed on the latest connection. */
  passed = { 'to-server': 0, 'to-client': 0 };
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async start(targetPort: number): Promise<CutProxy> {
    const made: { proxy?: CutProxy } = {};
    const server = createServer((client) => made.proxy?.accept(client, targetPort));
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        resolve((server.address() as { port: number }).port);
      });
    });
    const proxy = new CutProxy(server, port);
    made.proxy = proxy;
    return proxy;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  accept(client: Socket, targetPort: number): void {
    const upstream = connect(targetPort, '127.0.0.1');
    const fault = this.fault;
    this.fault = undefined;
    const passed = { 'to-server': 0, 'to-client': 0 };
    this.passed = passed;
    let isSilent = false;
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        if (!isSilent) (socket === client ? upstream : client).destroy();
      });
    }
    const pass = (direction: ProxyFault['direction'], from: Socket, to: Socket): void => {
      from.on('data', (chunk: Buffer) => {
        if (isSilent) return;
        const start = passed[direction];
        passed[direction] += chunk.length;
        if (direction === 'to-server') this.#slow(from, chunk.length);
        if (fault?.direction !== direction || passed[direction] <= fault.atByte) {
          to.write(chunk);
          return;
        }
        const at = fault.atByte - start;
        if (fault.kind === 'flip') {
          if (at >= 0) chunk[at] = (chunk[at] ?? 0) ^ 1;
          to.write(chunk);
          return;
        }
        if (at > 0) to.write(chunk.subarray(0, at));
        isSilent = fault.kind === 'hole';
        if (fault.kind === 'rst') {
          client.resetAndDestroy();
          upstream.resetAndDestroy();
        } else if (fault.kind === 'fin') {
          client.end();
          upstream.end();
        }
      });
    };
    pass('to-server', client, upstream);
    pass('to-client', upstream, client);
  }

  #slow(from: Socket, bytes: number): void {
    if (this.bytesPerSecond === undefined) return;
    from.pause();
    setTimeout(() => from.resume(), (bytes / this.bytesPerSecond) * 1000).unref();
  }
}
