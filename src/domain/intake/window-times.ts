import { WINDOWS_MAX } from './limits.ts';
import type { Scope, ScopeWindow } from './scope.ts';

/** Windows by name, in their order: the place of a name is its bit. */
export function firstOfEachName(windows: readonly ScopeWindow[]): readonly ScopeWindow[] {
  const firsts = new Map<string, ScopeWindow>();
  for (const window of windows) if (!firsts.has(window.name)) firsts.set(window.name, window);
  return [...firsts.values()];
}

/**
 * When the windows of each merchant begin and end: those of a merchant stand one behind the other, from its own place
 * in `starts` to that of the next. An incident without a list of merchants has one, at place 0.
 *
 * 20 bytes for each merchant and window of it.
 */
export class WindowTimes {
  readonly starts: Int32Array;
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
  /** The bit of the window's name. */
  readonly bits: Int32Array;
  /** Per merchant, the bits of all its windows. */
  readonly own: Int32Array;

  constructor({ merchants, windows }: Pick<Scope, 'merchants' | 'windows'>) {
    const names = firstOfEachName(windows).map(({ name }) => name);
    if (names.length > WINDOWS_MAX) throw new RangeError('too many windows');
    const ofMerchant = windowsByMerchant(
      merchants?.map(({ id }) => id),
      windows,
    );
    const all = ofMerchant.flat();
    this.starts = new Int32Array(ofMerchant.length + 1);
    ofMerchant.forEach((own, place) => {
      this.starts[place + 1] = this.starts[place]! + own.length;
    });
    const bitOf = new Map(names.map((name, place) => [name, 1 << place]));
    this.fromMs = Float64Array.from(all, ({ fromMs }) => fromMs);
    this.toMs = Float64Array.from(all, ({ toMs }) => toMs);
    this.bits = Int32Array.from(all, ({ name }) => bitOf.get(name)!);
    this.own = Int32Array.from(ofMerchant, (own) =>
      own.reduce((mask, { name }) => mask | bitOf.get(name)!, 0),
    );
  }
}

function windowsByMerchant(
  merchants: readonly string[] | undefined,
  windows: readonly ScopeWindow[],
): (readonly ScopeWindow[])[] {
  if (merchants === undefined) return [windows];
  const ofMerchant = new Map(merchants.map((id) => [id, [] as ScopeWindow[]]));
  for (const window of windows) {
    for (const id of window.merchants ?? merchants) ofMerchant.get(id)?.push(window);
  }
  return [...ofMerchant.values()];
}
