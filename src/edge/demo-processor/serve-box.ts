import type { Stats } from 'node:fs';

import type { Attributes, SFTPWrapper } from 'ssh2';

import { Refusal, status, statusOf } from './box.ts';
import type { Box } from './box.ts';

const WRITE = 0x02;
const HANDLE_BYTES = 4;

/** Answers the requests of one SFTP session out of a box: every request once, in the order they came. */
export function serveBox(sftp: SFTPWrapper, box: Box): void {
  const session = new BoxSession(sftp);
  serveContents(session, sftp, box);
  serveNames(session, sftp, box);
  sftp.on('end', () => {
    box.closeAll();
    // Without this the channel stays open, and clients wait for it.
    sftp.end();
  });
}

/** Turns what an act throws into the status that answers its request. */
class BoxSession {
  readonly #sftp: SFTPWrapper;

  constructor(sftp: SFTPWrapper) {
    this.#sftp = sftp;
  }

  /** `act` answers the request itself. */
  answer(request: number, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#sftp.status(request, statusOf(error));
    }
  }

  /** The answer is that it was done. */
  done(request: number, act: () => void): void {
    this.answer(request, () => {
      act();
      this.#sftp.status(request, status.ok);
    });
  }
}

function serveContents(session: BoxSession, sftp: SFTPWrapper, box: Box): void {
  sftp.on('OPEN', (request, path, flags) => {
    session.answer(request, () => {
      sftp.handle(request, asHandle(box.open(path, { write: (flags & WRITE) !== 0 })));
    });
  });
  sftp.on('WRITE', (request, handle, offset, data) => {
    session.done(request, () => {
      box.write(numberOf(handle), offset, data);
    });
  });
  sftp.on('READ', (request, handle, offset, length) => {
    session.answer(request, () => {
      const data = box.read(numberOf(handle), offset, length);
      if (data.length === 0) sftp.status(request, status.eof);
      else sftp.data(request, data);
    });
  });
  sftp.on('FSTAT', (request, handle) => {
    session.answer(request, () => {
      sftp.attrs(request, attributesOf(box.statOpen(numberOf(handle))));
    });
  });
  sftp.on('CLOSE', (request, handle) => {
    session.done(request, () => {
      box.close(numberOf(handle));
    });
  });
}

function serveNames(session: BoxSession, sftp: SFTPWrapper, box: Box): void {
  for (const verb of ['STAT', 'LSTAT'] as const) {
    sftp.on(verb as 'STAT', (request, path) => {
      session.answer(request, () => {
        sftp.attrs(request, attributesOf(box.stat(path)));
      });
    });
  }
  sftp.on('RENAME', (request, from, to) => {
    session.done(request, () => {
      box.rename(from, to);
    });
  });
  sftp.on('REMOVE', (request, path) => {
    session.done(request, () => {
      box.remove(path);
    });
  });
}

function asHandle(number: number): Buffer {
  const handle = Buffer.alloc(HANDLE_BYTES);
  handle.writeUInt32BE(number);
  return handle;
}

function numberOf(handle: Buffer): number {
  if (handle.length !== HANDLE_BYTES) throw new Refusal(status.failure);
  return handle.readUInt32BE();
}

function attributesOf({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats): Attributes {
  const seconds = (ms: number): number => Math.floor(ms / 1_000);
  return { mode, uid, gid, size, atime: seconds(atimeMs), mtime: seconds(mtimeMs) };
}
