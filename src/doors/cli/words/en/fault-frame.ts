export const faultFrame = {
  firstStep: 'Do now',
  laterStep: 'Then',
  last: (code: string, status: number) => `${code} · exit ${status}`,
  unexpected: 'an unexpected error; nothing was reported as done',
  unexpectedMeans: (kind: string) =>
    `Kind: ${kind}. Its text is not shown: it could quote what was being read.`,
  unexpectedStep: 'look with mimamori status what is recorded as done, then run the command again',
  unexpectedReport:
    'if it happens twice, report it with the command you typed, never with the list',
};

export type FaultFrame = typeof faultFrame;
