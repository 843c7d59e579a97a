import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Of util-linux; it sets a limit and becomes the program that it is given. */
const limiter = '/usr/bin/prlimit';

/** Whether this process, or one that it starts, may leave a core file; where the system does not tell, it may. */
export function allowsCoreDumps(): boolean {
  try {
    const limits = readFileSync('/proc/self/limits', 'latin1');
    return /^Max core file size\s+(\S+)/m.exec(limits)?.[1] !== '0';
  } catch {
    return coreBlocks() !== 0;
  }
}

/** Whether `withoutCoreDumps` can take the limit away where there is one. */
export function canForbidCoreDumps(): boolean {
  return existsSync(limiter);
}

/** The command line that starts a program which may leave no core file; as it is, where none may or nothing can be done. */
export function withoutCoreDumps(
  program: string,
  args: readonly string[],
): readonly [string, readonly string[]] {
  if (!allowsCoreDumps() || !canForbidCoreDumps()) return [program, args];
  return [limiter, ['--core=0:0', '--', program, ...args]];
}

/**
 * Takes every kind of memory out of core dumps of this process and of those it starts (core(5), coredump_filter): a system
 * that pipes them into a program asks for no limit. Does nothing where the system has no such setting.
 */
export function emptyCoreDumps(): void {
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // Not Linux, or a /proc that may not be written: the limit stands by itself.
  }
}

/** Of systems without /proc. */
function coreBlocks(): unknown {
  // Or it would look up the names of whoever we are connected to.
  Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = process.report.getReport() as {
    readonly userLimits?: { readonly core_file_size_blocks?: { readonly soft?: unknown } };
  };
  return userLimits?.core_file_size_blocks?.soft;
}
