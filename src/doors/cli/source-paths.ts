/** The last `=` divides, so that file names may hold one when a spec is named. */
export function splitArgument(argument: string): { path: string; spec: string | undefined } {
  const at = argument.lastIndexOf('=');
  if (at < 0) return { path: argument, spec: undefined };
  return { path: argument.slice(0, at), spec: argument.slice(at + 1) };
}

/** Whether one of these `--source` arguments is standard input. */
export function readsStandardInput(sources: readonly string[]): boolean {
  return sources.some((argument) => splitArgument(argument).path === '-');
}
