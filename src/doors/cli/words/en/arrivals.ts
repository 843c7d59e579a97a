import { counted } from './counted.ts';

/** Words about files that recipients bring. */
export const arrivalWords = {
  nothing: 'No answer waits.',
  took: (n: number) => `${counted(n, 'answer')} taken in.`,
  collected: (batch: string, recipient: string) => `${batch}  the answer of ${recipient}`,
  repeated: (batch: string, recipient: string) =>
    `${batch}  ${recipient} sent again what was taken in before`,
  quarantined: (recipient: string, name: string, code: string) =>
    `${recipient} · ${name} · put aside: ${code}`,
  outside: (recipient: string, next: string) =>
    `The directory of ${recipient} was looked into outside their hours, because you asked; serve does so from ${next} on.`,
  outsideUnknown: (recipient: string) =>
    `The directory of ${recipient} was looked into because you asked; whether this is in their hours is not known: the table of holidays has ended.`,
  waits: (code: string) => `waits for the next time: ${code}`,
  show: (batch: string) => `mimamori response show ${batch}`,
  list: 'mimamori response list',
  listLabel: 'what was put aside, and why',
  asideTitle: 'Put aside, encrypted as it came',
  notTakenTitle: 'Not taken: nothing of them lies here',
  row: (time: string, recipient: string, name: string, code: string) =>
    `${time} · ${recipient} · ${name} · ${code}`,
  file: (path: string) => `in ${path}`,
  import: (path: string) => `mimamori response import ${path} --batch BATCH --as ID`,
  importLabel: 'takes it in under your name, once the cause is dealt with',
  settle: (id: string) => `mimamori response settle ${id} --as ID --reason "…"`,
  settleLabel: 'says what became of it, and removes what lies here',
  removed: (id: string, recipient: string) =>
    `${id} of ${recipient} is settled. Its bytes are removed; its digest and the reason stay in the log.`,
  noted: (id: string, recipient: string) => `${id} of ${recipient} is settled.`,
  aside: (recipient: string, n: number, codes: string) =>
    `${recipient}: ${counted(n, 'file')} put aside or not taken (${codes})`,
  waitingFiles: (n: number) => `${counted(n, 'file')} of recipients, not read yet`,
  collect: 'mimamori response collect --as ID',
};

export type ArrivalWords = typeof arrivalWords;
