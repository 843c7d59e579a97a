import type { Desk } from './cli.ts';

/**
 * The session of a terminal: starts the program on it, waits until it shows no more what is typed, sends it a signal and
 * says, when it is gone, how it ended and whether the terminal shows what is typed again.
 */
const sessionProgram = `
import fcntl, os, select, signal, subprocess, sys, termios
master, slave = os.openpty()
fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
echoes = lambda: bool(termios.tcgetattr(slave)[3] & termios.ECHO)
def drain():
    if select.select([master], [], [], 0.02)[0]:
        os.read(master, 65536)
signal.signal(signal.SIGHUP, signal.SIG_IGN)
again = lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL)
program = subprocess.Popen(sys.argv[2:], stdin=slave, stdout=slave, stderr=slave, preexec_fn=again)
while echoes() and program.poll() is None:
    drain()
program.send_signal(signal.Signals[sys.argv[1]])
while program.poll() is None:
    drain()
print(program.returncode, 'seen' if echoes() else 'unseen')
`;

/** What a person finds whose program was ended from elsewhere while it asked for something that is not shown. */
export async function endedAtPrompt(
  desk: Desk,
  signal: 'SIGHUP' | 'SIGTERM',
  args: readonly string[],
): Promise<string> {
  const under = ['python3', '-c', sessionProgram, signal];
  const { stdout, stderr } = await desk.run(args, { under });
  if (stdout === '') throw new Error(stderr);
  return stdout.trim();
}
