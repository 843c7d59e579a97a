import type { DeliveryRuns } from './delivery-bench.ts';
import type { PickupRuns } from './pickup-bench.ts';
import type { PrepareRuns } from './prepare-bench.ts';
import type { SealingRuns, Timed } from './sealing-bench.ts';

/** One line about a prepare; medians over the runs. */
export interface PrepareLine {
  readonly file: string;
  readonly records: number;
  readonly bytes: number;
  readonly oursSeconds: number;
  readonly peerSeconds: number;
  /** How many times faster ours is. */
  readonly ratio: number;
  readonly recordsPerSecond: number;
  readonly oursCpuSeconds: number;
  readonly peerCpuSeconds: number;
  /** Both processes together, and each alone. */
  readonly oursMib: number;
  readonly cardProcessMib: number;
  readonly mainProcessMib: number;
  readonly peerMib: number;
}

/** One line about moving bytes; megabytes are millions of bytes. */
export interface ThroughputLine {
  readonly what: 'sealing' | 'delivery' | 'pickup';
  readonly peer: string;
  readonly bytes: number;
  readonly oursMbPerSecond: number;
  readonly peerMbPerSecond: number;
  readonly ratio: number;
  readonly oursMbPerCpuSecond: number;
  readonly peerMbPerCpuSecond: number;
}

export function prepareLine({ kind, records, bytes, ours, peer }: PrepareRuns): PrepareLine {
  const oursSeconds = median(ours.map(({ seconds }) => seconds));
  const peerSeconds = median(peer.map(({ seconds }) => seconds));
  return {
    file: kind,
    records,
    bytes,
    oursSeconds,
    peerSeconds,
    ratio: peerSeconds / oursSeconds,
    recordsPerSecond: Math.round(records / oursSeconds),
    oursCpuSeconds: median(ours.map(({ cpuSeconds }) => cpuSeconds)),
    peerCpuSeconds: median(peer.map(({ cpuSeconds }) => cpuSeconds)),
    oursMib: median(ours.map(({ peakMib }) => peakMib)),
    cardProcessMib: median(ours.map(({ childPeakMib }) => childPeakMib)),
    mainProcessMib: median(ours.map(({ ownPeakMib }) => ownPeakMib)),
    peerMib: median(peer.map(({ peakMib }) => peakMib)),
  };
}

export function sealingLine({ bytes, ours, gpg }: SealingRuns): ThroughputLine {
  return throughput('sealing', 'gpg', bytes, ours, gpg);
}

export function deliveryLine({ bytes, ours, sftp }: DeliveryRuns): ThroughputLine {
  return throughput('delivery', 'sftp', bytes, ours, sftp);
}

export function pickupLine({ bytes, ours, sshd }: PickupRuns): ThroughputLine {
  return throughput('pickup', 'sshd', bytes, ours, sshd);
}

function throughput(
  what: ThroughputLine['what'],
  peerName: string,
  bytes: number,
  ours: readonly Timed[],
  peer: readonly Timed[],
): ThroughputLine {
  const rate = (runs: readonly Timed[], of: keyof Timed): number =>
    bytes / 1e6 / median(runs.map((run) => run[of]));
  const oursMbPerSecond = rate(ours, 'seconds');
  const peerMbPerSecond = rate(peer, 'seconds');
  return {
    what,
    peer: peerName,
    bytes,
    oursMbPerSecond,
    peerMbPerSecond,
    ratio: oursMbPerSecond / peerMbPerSecond,
    oursMbPerCpuSecond: rate(ours, 'cpuSeconds'),
    peerMbPerCpuSecond: rate(peer, 'cpuSeconds'),
  };
}

export function prepareTable(lines: readonly PrepareLine[]): string {
  return textTable(
    [
      ...['file', 'records', 'MB', 'ours s', 'peer s', 'ratio', 'records/s'],
      ...['ours MiB (main + card process)', 'peer MiB', 'ours CPU s', 'peer CPU s'],
    ],
    lines.map((line) => [
      line.file,
      grouped(line.records),
      (line.bytes / 1e6).toFixed(1),
      line.oursSeconds.toFixed(2),
      line.peerSeconds.toFixed(2),
      `${line.ratio.toFixed(1)}×`,
      grouped(line.recordsPerSecond),
      `${line.oursMib.toFixed(0)} (${line.mainProcessMib.toFixed(0)} + ${line.cardProcessMib.toFixed(0)})`,
      line.peerMib.toFixed(0),
      line.oursCpuSeconds.toFixed(2),
      line.peerCpuSeconds.toFixed(2),
    ]),
  );
}

export function throughputTable(lines: readonly ThroughputLine[]): string {
  return textTable(
    ['what', 'MB', 'ours MB/s', 'peer', 'peer MB/s', 'ratio', 'ours MB/CPU s', 'peer MB/CPU s'],
    lines.map((line) => [
      line.what,
      (line.bytes / 1e6).toFixed(1),
      line.oursMbPerSecond.toFixed(0),
      line.peer,
      line.peerMbPerSecond.toFixed(0),
      `${line.ratio.toFixed(2)}×`,
      line.oursMbPerCpuSecond.toFixed(0),
      line.peerMbPerCpuSecond.toFixed(0),
    ]),
  );
}

function textTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [titles, ...rows];
  const widths = titles.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padStart(widths[column]!)).join('   ');
  return all.map(line).join('\n');
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}

/** The middle one; of an even number, the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
