import { counted } from './counted.ts';

export const reviewWords = {
  review: 'Review',
  planUntil: (plan: string, time: string) => `plan ${plan}, valid until ${time}`,
  plan: (plan: string) => `plan ${plan}`,
  to: (endpoint: string) => `to ${endpoint}`,
  sftp: (user: string, host: string, directory: string) => `${user}@${host} ${directory}`,
  box: (keys: readonly string[]) => `box, opened by ${keys.join(' or ')}`,
  manual: (directory: string) => `folder ${directory}`,
  key: (key: string) => `key ${key}`,
  reliedOn: (n: number, batch: string) =>
    `${counted(n, 'card')} ${n === 1 ? 'is' : 'are'} left out because batch ${batch} of an earlier handoff has ${n === 1 ? 'it' : 'them'}`,
  question: 'Approving means: exactly these files go to exactly these places, and nothing else.',
  approve: (handoff: string) => `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  decline: (handoff: string) =>
    `mimamori handoff decline ${handoff} --as ID --officer-key FILE --reason "…"`,
  approveLabel: 'if all of it is right',
  declineLabel: 'if not',
  noReview: 'There is nothing to review: this handoff is not finished, or has nothing to send.',
};

export type ReviewWords = typeof reviewWords;
