import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { compiledCache, ensureBuilt, programPath } from './built-program.ts';

export interface CliRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Bytes for standard input; it is closed after them. */
  readonly input?: Uint8Array;
  /** A program and its options in front of `node`, such as `strace -f`. */
  readonly under?: readonly string[];
  /** Of Node itself, between `node` and the program. */
  readonly nodeFlags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Nothing ends it but its caller, and `dispose`: a service that lives as long as a journey. */
  readonly isService?: boolean;
}

/** A run that goes on; for signals, and for input that comes slowly. */
export interface RunningCli {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<CliRun>;
}

/** The document of a `--json` run: plain data, looked into by tests. */
export type Document = ReturnType<typeof JSON.parse>;

const runMs = 110_000;
/** By it `npm test` finds what a test left running. */
const runMark = 'MIMAMORI_TEST_RUN';

/**
 * A person's desk on a machine of their own: home, temporary folder and working folder. Runs the built program as a
 * person would, and keeps all that it printed.
 */
export class Desk {
  readonly root: string;
  readonly home: string;
  readonly temporary: string;
  readonly folder: string;
  /** Everything printed so far, standard output and standard error. */
  readonly printed: string[] = [];
  readonly #running = new Set<ChildProcess>();

  private constructor(root: string) {
    this.root = root;
    this.home = join(root, 'home');
    this.temporary = join(root, 'tmp');
    this.folder = join(root, 'desk');
    for (const path of [this.home, this.temporary, this.folder]) mkdirSync(path, { mode: 0o700 });
  }

  static async create(): Promise<Desk> {
    await ensureBuilt();
    return new Desk(await mkdtemp(join(tmpdir(), 'mm-desk-')));
  }

  /** Runs the program to its end. */
  run(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
    const running = this.start(args, options);
    running.child.stdin?.on('error', () => undefined);
    running.child.stdin?.end(options.input ?? '');
    return running.ended;
  }

  /** Runs it with `--json`; what stands on standard output must be one document and nothing else. */
  async json(
    args: readonly string[],
    options: CliOptions = {},
  ): Promise<{ status: number; document: Document }> {
    const { status, stdout, stderr } = await this.run(['--json', ...args], options);
    try {
      return { status, document: JSON.parse(stdout) };
    } catch (error) {
      throw new Error(`${args.join(' ')}: exit ${status}: ${stdout}${stderr}`, { cause: error });
    }
  }

  /** Starts the program in a process group of its own, standard input open. */
  start(args: readonly string[], options: CliOptions = {}): RunningCli {
    const { under = [], nodeFlags = [] } = options;
    const [program, ...before] = [...under, process.execPath];
    const child = spawn(program, [...before, ...nodeFlags, programPath, ...args], {
      cwd: this.folder,
      env: { ...this.#environment(), ...options.env },
      detached: true,
    });
    this.#running.add(child);
    const timer =
      options.isService === true ? undefined : setTimeout(() => this.#kill(child), runMs);
    const ended = collect(child).then((run) => {
      clearTimeout(timer);
      this.#running.delete(child);
      this.printed.push(run.stdout, run.stderr);
      return run;
    });
    return { child, pid: child.pid ?? 0, ended };
  }

  /** Ends what still runs and removes the desk. */
  async dispose(): Promise<void> {
    for (const child of this.#running) this.#kill(child);
    await rm(this.root, { recursive: true, force: true });
  }

  /** Nothing of the environment of whoever runs the tests but where programs are found. */
  #environment(): Record<string, string> {
    const mark = process.env[runMark];
    return {
      PATH: process.env['PATH'] ?? '',
      HOME: this.home,
      TMPDIR: this.temporary,
      LANG: 'C.UTF-8',
      NO_COLOR: '1',
      // Several hundred starts of the same program: its modules need not be compiled each time.
      NODE_COMPILE_CACHE: compiledCache,
      ...(mark === undefined ? {} : { [runMark]: mark }),
    };
  }

  #kill(child: ChildProcess): void {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
}

function collect(child: ChildProcess): Promise<CliRun> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({
        // A shell shows an end by signal as 128 and its number; 9 is all that tests send besides Ctrl-C.
        status: code ?? (signal === 'SIGKILL' ? 137 : 128),
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
  });
}
