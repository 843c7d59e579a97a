/** Beginnings of Node's options that open its memory, write it to disk, or run somebody else's code in it. */
const opening = [
  ...['--inspect', '--debug', '--heapsnapshot', '--heap-prof', '--cpu-prof', '--prof', '--report-'],
  ...['--diagnostic-report', '--abort-on-uncaught-exception', '--track-heap-objects'],
  ...['--require', '-r', '--import', '--loader', '--experimental-loader'],
  ...['--experimental-config-file', '--experimental-default-config-file'],
  ...['--snapshot-blob', '--build-snapshot'],
  // A configuration of OpenSSL may name a library that is loaded.
  ...['--openssl-config', '--openssl-shared-config'],
];

/**
 * The first option with which Node was started so that somebody may read its memory, write it to disk or run code in it;
 * undefined when there is none. The environment belongs to whoever starts the program, so NODE_OPTIONS is looked at as
 * well as the arguments, with the quotes and underlines that Node understands. Throws nothing.
 */
export function inspectionOption(
  execArguments: readonly string[],
  nodeOptions: string | undefined,
): string | undefined {
  const plain = (nodeOptions ?? '').replaceAll(/["\\]/g, '').split(/\s+/);
  return [...execArguments, ...plain].find((option) => {
    const named = option.startsWith('--') ? option.replaceAll('_', '-') : option;
    return opening.some((start) => named.startsWith(start));
  });
}
