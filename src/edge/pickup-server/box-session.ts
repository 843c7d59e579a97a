import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import type { SFTPWrapper } from 'ssh2';

import type { PickupVisitor } from '../../exchange/pickup/pickup-book.ts';
import { RequestQueue } from './request-queue.ts';
import { VisitedBox } from './visited-box.ts';
import type { BoxRoom } from './visited-box.ts';
import { VisitedInbox } from './visited-inbox.ts';
import { asHandle, numberOf } from './handle-number.ts';
import { readPosixRename } from './posix-rename.ts';
import { Refusal, status, statusWords, type Status } from './refusal.ts';
import type { ServeLine } from './serve-line.ts';
import { attributesOf, longNameOf } from './file-attributes.ts';
import { Outflow } from './outflow.ts';

/** Longer than any request that means something here: clients write 32 KiB at a time. */
const REQUEST_BYTES_MAX = 36 * 1024;
const LOOK_AGAIN_MS = 2;
/** Any of write, append, create, truncate, exclusive: draft-ietf-secsh-filexfer-02 section 6.3. */
const CHANGES = 0x02 | 0x04 | 0x08 | 0x10 | 0x20;

/** Refused in their turn: an answer out of turn would wait for no room. */
const unsupported = ['RMDIR', 'READLINK', 'SYMLINK'] as const;

/** What the library keeps to itself: how long a request may be, and how to tell the exit status. */
interface Inner {
  _maxInPktLen: number;
  readonly outgoing: { readonly id: number; readonly state: string };
  readonly _protocol: { exitStatus(channel: number, code: number): void };
}

/**
 * One SFTP session: answers every request once, in the order they came, from the visitor's own box. Making directories,
 * linking and extensions but `posix-rename` are unsupported, and writing anywhere but in `inbox` and `sources`.
 */
export class BoxSession {
  /** Called for each request. */
  onRequest: () => void = () => undefined;
  /** Resolves when what was sent is recorded and all handles are closed. */
  readonly ended: Promise<void>;
  readonly #sftp: SFTPWrapper;
  readonly #socket: Socket;
  readonly #inbox: VisitedInbox;
  readonly #box: VisitedBox;
  readonly #outflow: Outflow;
  readonly #queue: RequestQueue;
  readonly #end = Promise.withResolvers<undefined>();
  #isOver = false;
  readonly #onGone = (): void => void this.leave();

  constructor(
    sftp: SFTPWrapper,
    socket: Socket,
    line: ServeLine,
    visitor: PickupVisitor,
    room: BoxRoom,
  ) {
    this.#sftp = sftp;
    this.#socket = socket;
    this.#inbox = new VisitedInbox(line, visitor);
    this.#box = new VisitedBox(line, visitor, room, this.#inbox);
    this.#outflow = new Outflow(sftp, socket);
    this.#queue = new RequestQueue(socket);
    this.ended = this.#end.promise;
    (sftp as unknown as Inner)._maxInPktLen = REQUEST_BYTES_MAX;
    this.#listenForEnds();
    this.#listenForNames();
    this.#listenForContents();
    this.#listenForWrites();
    this.#listenForFolders();
  }

  /** Answers nothing any more, and has recorded what was sent when it resolves. */
  async leave(): Promise<void> {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#queue.clear();
      this.#outflow.settle();
      // A connection may have had many sessions before this one.
      for (const event of ['close', 'end']) this.#socket.off(event, this.#onGone);
      await this.#box.leave().catch(() => undefined);
      await this.#inbox.leave().catch(() => undefined);
      this.#end.resolve(undefined);
    }
    return this.ended;
  }

  #listenForEnds(): void {
    const [sftp, socket] = [this.#sftp, this.#socket];
    sftp.on('error', () => socket.destroy());
    // Nothing reaches a client that ended its half of the connection: the library answers it no more.
    for (const event of ['close', 'end']) socket.once(event, this.#onGone);
    // In its turn: requests that came before are answered first.
    sftp.on('end', () => {
      if (!this.#isOver) this.#queue.add(0, () => this.#hangUp());
    });
    // Who closed the channel waits for no answer.
    sftp.once('close', () => void this.#hangUp().catch(() => socket.destroy()));
    let isBegun = false;
    sftp.on('ready', () => {
      // Each beginning is answered by the library at once, whether there is room or not.
      if (isBegun) socket.destroy();
      isBegun = true;
    });
  }

  async #hangUp(): Promise<void> {
    const { _protocol: protocol, outgoing } = this.#sftp as unknown as Inner;
    await this.leave();
    if (this.#socket.destroyed || outgoing.state !== 'open') return;
    // Without a status scp reports a failure; without the end the channel stays open and clients wait for it.
    protocol.exitStatus(outgoing.id, 0);
    this.#sftp.end();
  }

  #listenForNames(): void {
    const sftp = this.#sftp;
    sftp.on('REALPATH', (request, path) => {
      this.#answer(request, path.length, () => {
        const filename = this.#box.realPath(path);
        sftp.name(request, [{ filename, longname: filename, attrs: attributesOf(undefined) }]);
      });
    });
    for (const verb of ['STAT', 'LSTAT'] as const) {
      sftp.on(verb as 'STAT', (request, path) => {
        this.#answer(request, path.length, async () => {
          sftp.attrs(request, attributesOf(await this.#box.look(path)));
        });
      });
    }
    sftp.on('RENAME', (request, from, to) => {
      this.#rename(request, from, to);
    });
    sftp.on('EXTENDED', (request, name, data) => {
      const paths = readPosixRename(name, data);
      if (paths === undefined) this.#refuse(request, status.unsupported);
      else this.#rename(request, ...paths);
    });
    sftp.on('REMOVE', (request, path) => {
      this.#done(request, path.length, async () => {
        await this.#sent();
        await this.#box.remove(path);
      });
    });
  }

  #listenForFolders(): void {
    const sftp = this.#sftp;
    sftp.on('OPENDIR', (request, path) => {
      this.#answer(request, path.length, async () => {
        sftp.handle(request, asHandle(await this.#box.openFolder(path)));
      });
    });
    sftp.on('READDIR', (request, handle) => {
      const number = numberOf(handle);
      this.#answer(request, 0, () => {
        const entries = this.#box.readFolder(number);
        if (entries.length === 0) throw new Refusal(status.eof);
        sftp.name(
          request,
          entries.map((entry) => ({
            filename: entry.name,
            longname: longNameOf(entry),
            attrs: attributesOf(entry),
          })),
        );
      });
    });
    sftp.on('MKDIR', (request, path) => {
      // To clients that make sure of a folder a failure says that it is there.
      this.#refuse(request, this.#box.isFolder(path) ? status.failure : status.unsupported);
    });
    for (const verb of unsupported) {
      sftp.on(verb as 'RMDIR', (request) => {
        this.#refuse(request, status.unsupported);
      });
    }
  }

  #listenForContents(): void {
    const sftp = this.#sftp;
    sftp.on('OPEN', (request, path, flags) => {
      this.#answer(request, path.length, async () => {
        const isChange = (flags & CHANGES) !== 0;
        const opened = isChange ? this.#inbox.create(path, flags) : this.#box.openFile(path);
        sftp.handle(request, asHandle(await opened));
      });
    });
    sftp.on('READ', (request, handle, offset, length) => {
      const number = numberOf(handle);
      this.#answer(request, 0, () => {
        if (this.#inbox.has(number)) throw new Refusal(status.denied);
        if (!this.#outflow.isOpen) throw new Refusal(status.failure);
        const { data, onSent } = this.#box.read(number, offset, length);
        if (data.length === 0) throw new Refusal(status.eof);
        this.#outflow.gather();
        sftp.data(request, data);
        this.#outflow.follow(onSent);
      });
    });
    sftp.on('FSTAT', (request, handle) => {
      const number = numberOf(handle);
      this.#answer(request, 0, () => {
        const holder = this.#inbox.has(number) ? this.#inbox : this.#box;
        sftp.attrs(request, attributesOf(holder.lookOpen(number)));
      });
    });
    sftp.on('CLOSE', (request, handle) => {
      const number = numberOf(handle);
      this.#done(request, 0, async () => {
        if (this.#inbox.has(number)) {
          await this.#inbox.close(number);
          return;
        }
        await this.#sent();
        await this.#box.close(number);
      });
    });
  }

  #listenForWrites(): void {
    const sftp = this.#sftp;
    sftp.on('WRITE', (request, handle, offset, data) => {
      const number = numberOf(handle);
      // Of its own: a slice would hold the whole packet of the client for as long as it waits.
      const own = Buffer.from(data);
      this.#done(request, own.length, () => this.#inbox.write(number, offset, own));
    });
    // Clients set times and modes of what they wrote; they mean nothing here, and a refusal fails the whole upload.
    sftp.on('SETSTAT', (request, path) => {
      this.#done(request, path.length, () => this.#box.ignoreAttributes(path));
    });
    sftp.on('FSETSTAT', (request, handle) => {
      const number = numberOf(handle);
      this.#done(request, 0, () => {
        if (!this.#inbox.has(number)) throw new Refusal(status.unsupported);
      });
    });
  }

  #rename(request: number, from: string, to: string): void {
    this.#done(request, from.length + to.length, async () => {
      await this.#sent();
      await this.#box.rename(from, to);
    });
  }

  #refuse(request: number, code: Status): void {
    this.#answer(request, 0, () => {
      throw new Refusal(code);
    });
  }

  #tell(request: number, code: Status): void {
    if (!this.#isOver) this.#sftp.status(request, code, statusWords[code]);
  }

  #done(request: number, bytes: number, act: () => Promise<void> | void): void {
    this.#answer(request, bytes, async () => {
      await act();
      this.#tell(request, status.ok);
    });
  }

  /** `act` answers the request itself, or throws the status that does. `bytes`: what of the request waits for it. */
  #answer(request: number, bytes: number, act: () => Promise<void> | void): void {
    this.onRequest();
    if (this.#isOver) return;
    this.#queue.add(bytes, async () => {
      try {
        await this.#room();
        if (this.#isOver) return;
        await act();
      } catch (error) {
        const code = error instanceof Refusal ? error.status : status.failure;
        this.#tell(request, code);
      }
      // On a slow line answers take longer than a visitor may be idle.
      this.onRequest();
    });
  }

  /** A client that reads slowly, or not at all, must not fill our memory with what it asked for. */
  async #room(): Promise<void> {
    while (!this.#isOver && this.#outflow.isFull) await delay(LOOK_AGAIN_MS);
  }

  /** All that was read so far has left; or the session is over, and nothing can be done in it any more. */
  async #sent(): Promise<void> {
    while (!this.#isOver && !this.#outflow.isEmpty) await delay(LOOK_AGAIN_MS);
    if (this.#isOver) throw new Refusal(status.failure);
  }
}
