/**
 * What the process leaves with; the numbers are those of sysexits.h where one fits. Any other number means failure too:
 * scripts must not take an unknown one for success.
 */
export const exitStatus = {
  done: 0,
  checkFailed: 1,
  usage: 64,
  inputRefused: 65,
  sourceMissing: 66,
  peerUnavailable: 69,
  internal: 70,
  targetTaken: 73,
  inputOutput: 74,
  tryLater: 75,
  protocol: 76,
  notPermitted: 77,
  configuration: 78,
  interrupted: 130,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** From what needs a person's eyes most to what needs them least. */
const bySeverity: readonly ExitStatus[] = [
  exitStatus.internal,
  exitStatus.protocol,
  exitStatus.targetTaken,
  exitStatus.notPermitted,
  exitStatus.configuration,
  exitStatus.inputOutput,
  exitStatus.sourceMissing,
  exitStatus.inputRefused,
  exitStatus.usage,
  exitStatus.peerUnavailable,
  exitStatus.tryLater,
  exitStatus.interrupted,
  exitStatus.checkFailed,
  exitStatus.done,
];

/** The worst of several, as `deliver` leaves with; 0 for none. */
export function worstStatus(statuses: readonly ExitStatus[]): ExitStatus {
  return bySeverity.find((status) => statuses.includes(status)) ?? exitStatus.done;
}
