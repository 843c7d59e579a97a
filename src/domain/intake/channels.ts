import type { Scope } from './scope.ts';
import type { SourceSpec } from './source-spec.ts';
import { foldText } from './text-values.ts';
import { firstOfEachName } from './window-times.ts';

/** Verdicts on a channel; any other is the windows that name it, one bit each by the place of their name. */
export const CHANNEL_EXCLUDED = -1;
export const CHANNEL_UNKNOWN = -2;

/**
 * What the channel of an order means for an incident. Names are compared as `foldText` leaves them, after the source's
 * own words for them were translated. Windows are told by their names: one of several merchants is one window here.
 *
 * A channel is unknown where it is empty, or where no window and no exclusion names it and every window for orders
 * names its channels; of several merchants the windows of the record's own count. Where neither windows nor exclusions
 * name any, channels do not matter (`matter` is false).
 */
export class ChannelRules {
  readonly matter: boolean;
  /** Whether a window that takes orders names channels, so that a source has to say something about them. */
  readonly areRequired: boolean;
  /** Windows that take every channel, and those of them that take orders. */
  readonly #open: number;
  readonly #openToOrders: number;
  readonly #windows: readonly (ReadonlySet<string> | undefined)[];
  readonly #excluded: ReadonlySet<string>;
  readonly #translation: ReadonlyMap<string, string>;
  readonly #named: ReadonlySet<string>;

  constructor(scope: Scope, spec: SourceSpec) {
    const windows = firstOfEachName(scope.windows);
    this.#windows = windows.map(({ channels }) => channels && new Set(channels.map(foldText)));
    this.#excluded = new Set(scope.excludedChannels.map(foldText));
    this.#translation = new Map(
      Object.entries(spec.channel_map).map(([own, name]) => [foldText(own), foldText(name)]),
    );
    this.#named = new Set(this.#windows.flatMap((names) => [...(names ?? [])]));
    const forOrders = windows.filter(({ listedOnly }) => !listedOnly);
    this.areRequired = forOrders.some(({ channels }) => channels !== undefined);
    this.matter = this.areRequired || this.#excluded.size > 0;
    this.#open = this.#maskOf((names) => names === undefined);
    this.#openToOrders = this.#maskOf(
      (names, place) => names === undefined && !windows[place]!.listedOnly,
    );
  }

  /** Bits of all windows: what a source matches whose channels do not matter. */
  get allWindows(): number {
    return this.#maskOf(() => true);
  }

  /** The verdict on a channel as `foldText` leaves it. */
  judge(text: string): number {
    const name = this.#translation.get(text) ?? text;
    if (name === '') return CHANNEL_UNKNOWN;
    if (this.#excluded.has(name)) return CHANNEL_EXCLUDED;
    return this.#maskOf((names) => names?.has(name) ?? false);
  }

  /** What a verdict means for a merchant whose windows are `own`: its windows that take the channel, or `CHANNEL_UNKNOWN`. */
  windowsOf(verdict: number, own: number): number {
    if (verdict < 0) return verdict;
    if ((verdict & own) !== 0) return ((verdict | this.#open) & own) >>> 0;
    return (this.#openToOrders & own) === 0 ? CHANNEL_UNKNOWN : (this.#open & own) >>> 0;
  }

  /** The incident's name for a channel as `foldText` leaves it; undefined for one that neither it nor the spec names. */
  nameOf(text: string): string | undefined {
    const name = this.#translation.get(text) ?? text;
    const isKnown =
      this.#translation.has(text) || this.#named.has(name) || this.#excluded.has(name);
    return isKnown && name !== '' ? name : undefined;
  }

  #maskOf(belongs: (names: ReadonlySet<string> | undefined, place: number) => boolean): number {
    let mask = 0;
    this.#windows.forEach((names, place) => {
      if (belongs(names, place)) mask += 2 ** place;
    });
    return mask;
  }
}
