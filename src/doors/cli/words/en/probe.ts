import { figure } from '../../figures.ts';

/** Words of measuring a recipient's server. */
export const probeWords = {
  title: (id: string, directory: string) => `The server of ${id}, as seen in ${directory}`,
  yes: 'yes',
  no: 'no',
  untold: 'the server does not say',
  hostKey: 'Host key',
  exclusive: 'Exclusive create',
  exclusiveNo: 'no: an existing file is opened again',
  sync: 'Sync to disk',
  readBack: 'Read back',
  readBackFound: {
    same: 'yes, and equal',
    different: 'yes, but not what was written',
    refused: 'no',
  },
  look: 'Look at a name',
  list: 'List the directory',
  rename: 'Rename',
  dotNames: 'Leading-dot names',
  ontoExisting: 'Onto an existing name',
  ontoExistingFound: {
    refused: 'refused, as it should be',
    overwrites: 'overwrites it',
    'not-tried': 'not tried',
  },
  free: 'Free space',
  limits: 'Announced limits',
  limitsText: (read: string, write: string, handles: number) =>
    `read ${read} · write ${write}${handles > 0 ? ` · ${figure(handles)} open files` : ''}`,
  largest: 'Largest write',
  leftBehind: (names: readonly string[]) =>
    `These files could not be removed again: ${names.join(', ')}`,
  overwriteMeans:
    'A rename there destroys what stands under the new name. Deliveries look first, but ask the recipient to keep the directory to us alone.',
  agrees: 'The endpoint is configured as the server was seen.',
  differs: (traits: readonly string[]) =>
    `The endpoint is configured otherwise in ${traits.join(', ')}.`,
  snippet: (id: string) =>
    `Proposed for the endpoint of ${id} in config/recipients.toml, to be confirmed with them:`,
  controlAdvice:
    'Without rename half a file may have its final name: agree on a control file with them (--control-file).',
  updateLabel: 'sets what differs; approvals of earlier plans then no longer hold',
  test: (id: string) => `mimamori recipient test ${id} --as ID`,
  testLabel: 'after a change, and before the first live file',
};

export type ProbeWords = typeof probeWords;
