import { CHANNEL_EXCLUDED, CHANNEL_UNKNOWN, ChannelRules } from './channels.ts';
import type { CodePointRead } from './code-points.ts';
import type { Columns } from './column-map.ts';
import { DateField } from './date-field.ts';
import { DATE_EMPTY, DATE_READ } from './dates.ts';
import { IntakeFault } from './errors.ts';
import { FieldView } from './field-view.ts';
import { PASSED } from './number-screen.ts';
import { acceptableReasons, reasonIndex } from './reasons.ts';
import type { RecordScanner } from './scanner.ts';
import type { Scope } from './scope.ts';
import type { SourceSpec } from './source-spec.ts';
import { foldText, TextValues } from './text-values.ts';
import { firstOfEachName, WindowTimes } from './window-times.ts';

const EXCLUDED_CHANNEL = reasonIndex('excluded-channel');
const UNKNOWN_CHANNEL = reasonIndex('unknown-channel');
const DATE_MISSING = reasonIndex('date-missing');
const DATE_UNREADABLE = reasonIndex('date-unreadable');
const OUTSIDE = reasonIndex('outside-window');

/**
 * Screens when and through which channel a record was made, by the windows of its merchant: the checks from
 * `excluded-channel` to `outside-window`.
 * After `PASSED`, `windows` has a bit for each window it matched and `seenMs` its moment, NaN where it has none.
 *
 * A record whose channel is unknown and accepted matches windows by date alone; one whose date is missing or unreadable
 * and accepted matches none. Records of a `recovered` source always pass: being listed is what counts. Their date, where
 * they have one, still says which windows they fall into.
 *
 * Throws on construction `channel-unmapped`: windows name channels and the source has neither column nor constant.
 */
export class ExposureScreen {
  windows = 0;
  /** After `outside-window`, the windows it lies in that take recovered sources alone. */
  listed = 0;
  seenMs = Number.NaN;
  /** Accepted held reasons the record relies on, one bit each by their place in `reasons`. */
  relied = 0;
  readonly #isRecovered: boolean;
  readonly #accepted: number;
  readonly #times: WindowTimes;
  /** Windows that take records of this kind of source. */
  readonly #eligible: number;
  /** Windows that take recovered sources alone, where this is none. */
  readonly #listedOnly: number;
  readonly #rules: ChannelRules;
  /** The verdict on every record's channel; undefined where the column decides. */
  readonly #channel: number | undefined;
  readonly #channels: TextValues;
  readonly #channelView: FieldView;
  readonly #date: DateField;

  constructor(
    scanner: RecordScanner,
    read: CodePointRead,
    columns: Columns,
    spec: SourceSpec,
    scope: Scope,
  ) {
    this.#isRecovered = spec.kind === 'recovered';
    this.#accepted = bitsOfReasons(scope.acceptHeld);
    this.#times = new WindowTimes(scope);
    const windows = firstOfEachName(scope.windows);
    this.#listedOnly = windows.reduce(
      (mask, { listedOnly }, place) =>
        listedOnly && !this.#isRecovered ? mask | (1 << place) : mask,
      0,
    );
    this.#eligible = windows.reduce((mask, _, place) => mask | (1 << place), 0) & ~this.#listedOnly;
    this.#rules = new ChannelRules(scope, spec);
    this.#channelView = new FieldView(scanner, columns.channel);
    this.#channels = new TextValues(read, (text) => this.#rules.judge(text));
    this.#channel = this.#fixedChannel(spec);
    this.#date = new DateField(scanner, read, columns.ordered_at, spec, scope.timeZone);
  }

  /** The reason the record stops here, or `PASSED`. `merchant`: its place among those of the incident. */
  screen(scanner: RecordScanner, merchant: number): number {
    this.relied = 0;
    this.windows = 0;
    this.listed = 0;
    this.seenMs = Number.NaN;
    if (this.#isRecovered) {
      if (this.#date.read(scanner) === DATE_READ) this.#match(this.#eligible, merchant);
      return PASSED;
    }
    let channel = this.#rules.windowsOf(
      this.#channel ?? this.#channelOf(scanner),
      this.#times.own[merchant]!,
    );
    if (channel === CHANNEL_EXCLUDED) return EXCLUDED_CHANNEL;
    if (channel === CHANNEL_UNKNOWN) {
      if (!this.#rely(UNKNOWN_CHANNEL)) return UNKNOWN_CHANNEL;
      channel = this.#rules.allWindows;
    }
    const reading = this.#date.read(scanner);
    if (reading !== DATE_READ) {
      const reason = reading === DATE_EMPTY ? DATE_MISSING : DATE_UNREADABLE;
      return this.#rely(reason) ? PASSED : reason;
    }
    this.#match(channel & this.#eligible, merchant);
    if (this.windows !== 0) return PASSED;
    if (this.#listedOnly !== 0) {
      this.#match(channel & this.#listedOnly, merchant);
      this.listed = this.windows;
      this.windows = 0;
    }
    return OUTSIDE;
  }

  /** Whether all records have one channel, or channels do not matter. */
  get hasFixedChannel(): boolean {
    return this.#isRecovered || this.#channel !== undefined;
  }

  /**
   * Without merchants: the reason a record stops at its channel, whatever else it says, or `PASSED`: then `windows` and
   * `listed` are set to those that take the channel. What may be accepted counts as a reason.
   */
  readChannel(scanner: RecordScanner): number {
    this.windows = this.#eligible;
    this.listed = 0;
    if (this.#isRecovered) return PASSED;
    const verdict = this.#channel ?? this.#channelOf(scanner);
    const windows = this.#rules.windowsOf(verdict, this.#times.own[0]!);
    if (windows === CHANNEL_EXCLUDED) return EXCLUDED_CHANNEL;
    if (windows === CHANNEL_UNKNOWN) return UNKNOWN_CHANNEL;
    this.windows = windows & this.#eligible;
    this.listed = windows & this.#listedOnly;
    return PASSED;
  }

  /** Without merchants: whether the record's date can be read; sets `seenMs`, and `windows` to all that hold it. */
  readDate(scanner: RecordScanner): boolean {
    if (this.#date.read(scanner) !== DATE_READ) return false;
    this.windows = 0;
    this.#match(-1, 0);
    return true;
  }

  /**
   * Without merchants: whether the day that the record's date begins with is one like others, so that every moment of it
   * is as far from its beginning as its clock says and lies in the same windows. Sets `seenMs` and `windows` to the day's.
   */
  readDay(scanner: RecordScanner): boolean {
    if (!this.#date.readEvenDay(scanner)) return false;
    this.windows = 0;
    this.#match(-1, 0);
    const { fromMs, toMs } = this.#date.dates;
    const times = this.#times;
    return times.bits.every((_bit, at) => {
      const isOutside = toMs <= times.fromMs[at]! || fromMs >= times.toMs[at]!;
      return isOutside || (fromMs >= times.fromMs[at]! && toMs <= times.toMs[at]!);
    });
  }

  wipe(): void {
    this.#channels.wipe();
    this.#channelView.wipe();
    this.#date.wipe();
  }

  #fixedChannel(spec: SourceSpec): number | undefined {
    if (this.#isRecovered || !this.#rules.matter) return this.#rules.allWindows;
    if (spec.channel !== undefined) return this.#rules.judge(foldText(spec.channel));
    if (this.#channelView.isMapped) return undefined;
    if (this.#rules.areRequired) throw new IntakeFault('channel-unmapped');
    return this.#rules.allWindows;
  }

  #channelOf(scanner: RecordScanner): number {
    const view = this.#channelView;
    view.take(scanner);
    return this.#channels.of(view.bytes, view.start, view.end);
  }

  /**
   * Notes the moment read last and the windows of `candidates`, of this merchant, that it falls into; a day counts if
   * any part of it does.
   */
  #match(candidates: number, merchant: number): void {
    const { fromMs, toMs } = this.#date.dates;
    const times = this.#times;
    this.seenMs = fromMs;
    const last = times.starts[merchant + 1]!;
    for (let at = times.starts[merchant]!; at < last; at++) {
      const bit = times.bits[at]!;
      if ((candidates & bit) === 0) continue;
      if (fromMs < times.toMs[at]! && toMs > times.fromMs[at]!) this.windows |= bit;
    }
  }

  #rely(reason: number): boolean {
    if ((this.#accepted & (1 << reason)) === 0) return false;
    this.relied |= 1 << reason;
    return true;
  }
}

/** Places of the named reasons in `reasons`, one bit each; unknown names have none. */
export function bitsOfReasons(ids: readonly string[]): number {
  return acceptableReasons
    .filter((id) => ids.includes(id))
    .reduce((bits, id) => bits | (1 << reasonIndex(id)), 0);
}
