import { stripVTControlCharacters } from 'node:util';

import type { CliOptions, CliRun, Desk, RunningCli } from './cli.ts';

/**
 * Starts what follows at a pseudo-terminal of 100 columns and is the wire between it and its own pipes. Reads no line,
 * adds nothing, and leaves with the status of the program.
 */
export const terminalProgram = `
import fcntl, os, pty, select, struct, sys, termios
pid, master = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack('HHHH', 50, 100, 0, 0))
watched = [0, master]
while True:
    for ready in select.select(watched, [], [])[0]:
        try:
            data = os.read(ready, 65536)
        except OSError:
            data = b''
        if ready == master:
            if not data:
                sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            os.write(1, data)
        elif data:
            os.write(master, data)
        else:
            watched.remove(0)
`;

const waitMs = 60_000;

/** A person at a terminal: sees what is shown, types when asked. */
export class AtTerminal {
  readonly #running: RunningCli;
  #shown = '';
  #seen = 0;

  private constructor(running: RunningCli) {
    this.#running = running;
    const decoder = new TextDecoder();
    running.child.stdout?.on('data', (chunk: Uint8Array) => {
      this.#shown += decoder.decode(chunk, { stream: true });
    });
  }

  static start(desk: Desk, args: readonly string[], options: CliOptions = {}): AtTerminal {
    const under = ['python3', '-c', terminalProgram];
    return new AtTerminal(desk.start(args, { ...options, under }));
  }

  /** Everything on the screen so far, without what terminals obey. */
  get screen(): string {
    return stripVTControlCharacters(this.#shown).replaceAll('\r', '');
  }

  /** The lines as they stood at last: what was drawn over is gone. */
  get lines(): string[] {
    return this.#shown
      .split('\n')
      .map((line) => stripVTControlCharacters(line.replace(/\r+$/, '').replace(/^.*\r/s, '')));
  }

  get ended(): Promise<CliRun> {
    return this.#running.ended;
  }

  /** Waits until a text is shown behind what was waited for before, then types. */
  async answer(question: string, typed: string): Promise<void> {
    await this.sees(question);
    this.#running.child.stdin?.write(typed);
  }

  async sees(text: string): Promise<void> {
    const { child, ended } = this.#running;
    const state = { isOver: false };
    const over = ended.then(() => {
      state.isOver = true;
    });
    const until = Date.now() + waitMs;
    for (;;) {
      const at = this.screen.indexOf(text, this.#seen);
      if (at >= 0) {
        this.#seen = at + text.length;
        return;
      }
      if (state.isOver || Date.now() > until) {
        throw new Error(`"${text}" was not shown behind:\n${this.screen.slice(-3000)}`);
      }
      const more = new Promise((resolve) => child.stdout?.once('data', resolve));
      await Promise.race([more, over, later(until - Date.now())]);
    }
  }
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
