import { execFile } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { digestOf } from '../../src/domain/handoff/plan.ts';

export interface Said {
  readonly status: number;
  readonly lines: readonly string[];
}

/**
 * What a reviewer sees who has sh, coreutils, gpg and Python 3, and not this program. `programs`: a folder of others, with
 * a colon after it.
 */
export function checkedKit(
  at: string,
  args: readonly string[],
  home: string,
  programs = '',
): Promise<Said> {
  return shellRun([join(at, 'check.sh'), ...args], { cwd: home, home, programs });
}

/** `check.sh` on a copy of a kit that somebody changed. */
export async function alteredKit(
  folder: string,
  args: readonly string[],
  home: string,
  change: (copy: string) => void | Promise<void>,
): Promise<Said> {
  const copy = join(home, 'altered');
  cpSync(folder, copy, { recursive: true });
  try {
    await change(copy);
    return await checkedKit(copy, args, home);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

export function flipLastByte(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(path, bytes);
}

/** Runs lines that a README shows, as they stand there. */
export function followed(code: string, cwd: string, home: string): Promise<Said> {
  return shellRun(['-ec', `exec 2>&1\n${code}`], { cwd, home });
}

/** The code blocks of a page in one language, as a reviewer copies them. */
export function codeBlocks(page: string, code: 'sh' | 'python'): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${code}\n(.*?)^\`\`\``, 'gms'))].map(
    ([, block]) => block!,
  );
}

async function shellRun(
  args: readonly string[],
  { cwd, home, programs = '' }: { cwd: string; home: string; programs?: string },
): Promise<Said> {
  const own = { HOME: home, GNUPGHOME: home, TMPDIR: home };
  const env = { PATH: `${programs}/usr/bin:/bin`, ...own, LC_ALL: 'C.UTF-8' };
  return promisify(execFile)('/bin/sh', args, { env, cwd }).then(
    ({ stdout }) => ({ status: 0, lines: stdout.trim().split('\n') }),
    (error: unknown) => {
      const { code, stdout } = error as { code: number; stdout: string };
      return { status: code, lines: stdout.trim().split('\n') };
    },
  );
}

/** A new list over what is there, as somebody would make it who altered a file; of these files as well. */
export function relistKit(copy: string, ...more: readonly string[]): void {
  const path = join(copy, 'SHA256SUMS');
  const listed = readFileSync(path, 'utf8').trim().split('\n');
  const names = [...listed.map((line) => line.slice(66)), ...more];
  const made = names.map((name) => `${digestOf(readFileSync(join(copy, name)))}  ${name}\n`);
  writeFileSync(path, made.join(''));
}
