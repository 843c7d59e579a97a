import { CARD_ROW_BYTES } from './card-page.ts';

/** A window as moments, `fromMs` <= t < `toMs`, with its channels as they are compared; undefined: all but `excluded`. */
export interface ScopeSpan {
  readonly fromMs: number;
  readonly toMs: number;
  /** First moment of the day in which the window begins: an order that names a day alone is kept as that moment. */
  readonly dayMs: number;
  readonly channels: ReadonlySet<string> | undefined;
  /** Merchants whose window it is; undefined where the incident lists none, so that it is everybody's. */
  readonly merchants: ReadonlySet<string> | undefined;
  /** The bit of its name in card rows: windows of several merchants may share it. */
  readonly bit: number;
  readonly listedOnly: boolean;
}

export interface ScopeSide {
  readonly windows: readonly ScopeSpan[];
  readonly excluded: ReadonlySet<string>;
}

/** Cards of a batch by what another scope makes of them. `untold`: only reading the sources again can tell. */
export interface ScopeCounts {
  out: number;
  untold: number;
}

/** What two scopes make of the cards with one set of windows. */
interface MaskRule {
  /** Whether one of the windows lives on whole: its cards stay in. */
  readonly livesOn: boolean;
  /** By window of the old scope that the cards matched. */
  readonly windows: readonly {
    readonly old: ScopeSpan;
    readonly sure: Spans;
    readonly possible: Spans;
  }[];
}
type Spans = readonly { readonly from: number; readonly to: number }[];

/**
 * Tells from stored card rows which cards a changed scope leaves out. A row keeps the windows a card matched and its
 * first and last exposure, not all between, nor its channel or merchant. So a card is out only where no exposure it can have had
 * falls into a window of the new scope, and stays in where an exposure it must have had does.
 *
 * Cards without a window were listed or accepted by a person and stay in. Memory: a rule for each set of windows.
 */
export class ScopeChange {
  readonly #before: ScopeSide;
  readonly #after: ScopeSide;
  readonly #rules = new Map<number, MaskRule>();

  constructor(before: ScopeSide, after: ScopeSide) {
    this.#before = before;
    this.#after = after;
  }

  /** What becomes of each card of one page, by its place in the page; cards that stay in are left out. */
  *changes(
    rows: Uint8Array,
  ): Generator<readonly [at: number, becomes: keyof ScopeCounts], undefined> {
    const view = new DataView(rows.buffer, rows.byteOffset, rows.length);
    for (let at = 0; at + CARD_ROW_BYTES <= rows.length; at += CARD_ROW_BYTES) {
      const mask = view.getUint32(at + 12, true);
      if (mask === 0) continue;
      const rule = this.#ruleOf(mask);
      if (rule.livesOn) continue;
      const first = view.getUint32(at + 16, true) * 1000;
      const last = view.getUint32(at + 20, true) * 1000;
      const place = at / CARD_ROW_BYTES;
      if (first === 0 || last === 0) yield [place, 'untold'];
      else if (isSurelyIn(rule, first) || isSurelyIn(rule, last)) continue;
      else yield [place, canBeIn(rule, first, last) ? 'untold' : 'out'];
    }
  }

  /** Whether the new scope leaves out anything the old one took. */
  get isNarrowed(): boolean {
    const { windows } = this.#after;
    return this.#before.windows.some(
      (old) => !windows.some((next) => this.#covers(old, next, this.#after, this.#before)),
    );
  }

  /** Whether the new scope takes anything the old one did not. */
  get isWidened(): boolean {
    const { windows } = this.#before;
    return this.#after.windows.some(
      (next) => !windows.some((old) => this.#covers(next, old, this.#before, this.#after)),
    );
  }

  #ruleOf(mask: number): MaskRule {
    const known = this.#rules.get(mask);
    if (known !== undefined) return known;
    const matched = this.#before.windows.filter(({ bit }) => ((mask >>> bit) & 1) === 1);
    const byName = [...Map.groupBy(matched, ({ bit }) => bit).values()];
    const next = this.#after.windows.filter(({ listedOnly }) => !listedOnly);
    const rule: MaskRule = {
      livesOn: byName.some((ofName) =>
        ofName.every((old) =>
          next.some((window) => this.#covers(old, window, this.#after, this.#before)),
        ),
      ),
      windows: matched.map((old) => ({
        old,
        sure: next
          .filter((window) => this.#takesAll(old, window))
          .map(({ fromMs, toMs }) => ({ from: fromMs, to: toMs })),
        possible: next
          .filter((window) => this.#takesSome(old, window))
          .map(({ dayMs, toMs }) => ({ from: dayMs, to: toMs })),
      })),
    };
    this.#rules.set(mask, rule);
    return rule;
  }

  /** Whether `outer` takes every order that `inner` takes. */
  #covers(inner: ScopeSpan, outer: ScopeSpan, outerSide: ScopeSide, innerSide: ScopeSide): boolean {
    return (
      outer.fromMs <= inner.fromMs &&
      outer.toMs >= inner.toMs &&
      (!outer.listedOnly || inner.listedOnly) &&
      isWithin(inner, innerSide, outer, outerSide)
    );
  }

  #takesAll(old: ScopeSpan, next: ScopeSpan): boolean {
    return isWithin(old, this.#before, next, this.#after);
  }

  #takesSome(old: ScopeSpan, next: ScopeSpan): boolean {
    const [excludedThen, excluded] = [this.#before.excluded, this.#after.excluded];
    if (!shareMerchants(old, next)) return false;
    const takes = (name: string): boolean =>
      !excluded.has(name) && (next.channels?.has(name) ?? true);
    if (old.channels !== undefined) return [...old.channels].some(takes);
    if (next.channels === undefined) return true;
    return [...next.channels].some((name) => takes(name) && !excludedThen.has(name));
  }
}

/** Whether one window is for a merchant of the other. */
function shareMerchants({ merchants: some }: ScopeSpan, { merchants: others }: ScopeSpan): boolean {
  return some === undefined || others === undefined || [...some].some((one) => others.has(one));
}

/** Whether every channel and every merchant of one window belongs to the other. */
function isWithin(
  inner: ScopeSpan,
  innerSide: ScopeSide,
  outer: ScopeSpan,
  outerSide: ScopeSide,
): boolean {
  if (outer.merchants !== undefined) {
    const { merchants } = outer;
    if (inner.merchants === undefined) return false;
    if (![...inner.merchants].every((one) => merchants.has(one))) return false;
  }
  if (inner.channels === undefined) {
    if (outer.channels !== undefined) return false;
    return [...outerSide.excluded].every((name) => innerSide.excluded.has(name));
  }
  return [...inner.channels].every(
    (name) =>
      innerSide.excluded.has(name) ||
      ((outer.channels?.has(name) ?? true) && !outerSide.excluded.has(name)),
  );
}

/** Whether an exposure at this moment is in, whichever of its windows it belongs to. */
function isSurelyIn({ windows }: MaskRule, moment: number): boolean {
  let owners = 0;
  for (const { old, sure } of windows) {
    if (moment < old.dayMs || moment >= old.toMs) continue;
    owners += 1;
    if (!sure.some(({ from, to }) => moment >= from && moment < to)) return false;
  }
  return owners > 0;
}

/** Whether any exposure between the two moments could be in. */
function canBeIn({ windows }: MaskRule, first: number, last: number): boolean {
  return windows.some(({ old, possible }) => {
    const [low, high] = [Math.max(first, old.dayMs), Math.min(last, old.toMs - 1)];
    const [from, to] = high < low ? [first, last] : [low, high];
    return possible.some((span) => from < span.to && to >= span.from);
  });
}
