import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('second-verifier/', import.meta.url));
const outputBytesMax = 64 * 1024 * 1024;

/** What a Python program of `tests/support/second-verifier` said. */
export interface PythonAnswer {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `python3 ARGUMENTS` in the folder of the second verifier, without leaving compiled files there. */
export async function runPython(...args: readonly string[]): Promise<PythonAnswer> {
  return new Promise((answer, refuse) => {
    execFile(
      'python3',
      ['-B', ...args],
      { cwd: folder, maxBuffer: outputBytesMax, encoding: 'utf8' },
      (error, stdout, stderr) => {
        if (error === null) answer({ status: 0, stdout, stderr });
        else if (typeof error.code === 'number') answer({ status: error.code, stdout, stderr });
        else
          refuse(new Error(`python3 ${args.join(' ')} did not run to its end`, { cause: error }));
      },
    );
  });
}
