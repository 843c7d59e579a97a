/**
 * What can set a clock running. Each happens once in an incident, at a time that a person records:
 *
 * - `tip`: somebody outside says that cards may have leaked (card company, police, processor, customer)
 * - `awareness`: any department of ours knew that data leaked or may have leaked
 * - `acquirer-told`: the acquirer or processor was told
 * - `window-set`: the exposure window was fixed
 * - `cards-found`: it became known which card numbers are at risk
 * - `brand-request`: a card brand asked for the numbers
 * - `pfi-engaged`: the forensic investigator was engaged
 * - `final-report`: the investigator's final report came
 */
export const startEvents = [
  'tip',
  'awareness',
  'acquirer-told',
  'window-set',
  'cards-found',
  'brand-request',
  'pfi-engaged',
  'final-report',
] as const;

export type StartEvent = (typeof startEvents)[number];

/** Whether a word is a start event. */
export function isStartEvent(word: string): word is StartEvent {
  return (startEvents as readonly string[]).includes(word);
}
