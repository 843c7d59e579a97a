import { durationIn, figure } from './figures.ts';
import type { Language } from './language.ts';
import { clip, LINE_COLUMNS } from './layout.ts';
import { progressWords as en } from './words/en/progress.ts';
import { progressWords as ja } from './words/ja/progress.ts';
import type { Sink } from './sink.ts';

/** What is going on, as the use cases report it. `done` and `total` are bytes or cards; `total` 0 is unknown. */
export interface ProgressNews {
  readonly phase: 'reading' | 'sealing' | 'sending' | 'saving' | 'restoring';
  readonly done: number;
  readonly total: number;
  /** Records, cards or files, as the phase counts for people. */
  readonly count: number;
  /** To whom, while sending. */
  readonly recipient?: string;
}

const words = { en, ja };
const SHOW_AFTER_MS = 1000;
const REDRAW_MS = 100;
/** Before that an estimate is a guess. */
const ESTIMATE_AFTER_MS = 3000;
const ESTIMATE_FROM = 0.03;
const BAR_COLUMNS = 24;

/**
 * One line that says how far the work is, drawn over and over on standard error. Nothing is drawn where that is no
 * terminal, or while the work has lasted less than a second. `now` is a monotonic clock in milliseconds.
 */
export class ProgressLine {
  readonly #sink: Sink;
  readonly #language: Language;
  readonly #now: () => number;
  readonly #startedAt: number;
  #phase: ProgressNews['phase'] | undefined;
  #phaseStartedAt = 0;
  readonly #parts = new Map<string, ProgressNews>();
  #drawnAt = -Infinity;

  constructor(sink: Sink, language: Language, now: () => number = () => performance.now()) {
    this.#sink = sink;
    this.#language = language;
    this.#now = now;
    this.#startedAt = now();
  }

  report(news: ProgressNews): void {
    if (!this.#sink.canShowStatus) return;
    const at = this.#now();
    if (news.phase !== this.#phase) {
      this.#phase = news.phase;
      this.#phaseStartedAt = at;
      this.#parts.clear();
    }
    this.#parts.set(news.recipient ?? '', news);
    if (at - this.#startedAt < SHOW_AFTER_MS || at - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = at;
    this.#sink.status(this.#line(this.#all(news), at));
  }

  /** Removes the line. The result that follows says what came of it. */
  end(): void {
    this.#sink.endStatus();
  }

  /** Files go to several recipients at once; one line tells them together. */
  #all(news: ProgressNews): ProgressNews {
    if (this.#parts.size === 1) return news;
    const { recipient: _one, ...rest } = news;
    const sum = (of: 'done' | 'total' | 'count'): number =>
      [...this.#parts.values()].reduce((total, part) => total + part[of], 0);
    return { ...rest, done: sum('done'), total: sum('total'), count: sum('count') };
  }

  #line(news: ProgressNews, at: number): string {
    const say = words[this.#language];
    const share = news.total > 0 ? Math.min(1, news.done / news.total) : undefined;
    const parts = [
      say[news.phase](figure(news.count)),
      ...(news.recipient === undefined ? [] : [news.recipient]),
      this.#remaining(share, at),
    ];
    const bar =
      share === undefined
        ? ''
        : `${barOf(share)}  ${String(Math.floor(share * 100)).padStart(3)} %  `;
    return clip(`${say.phase[news.phase]}  ${bar}${parts.join(' · ')}`, LINE_COLUMNS - 1);
  }

  #remaining(share: number | undefined, at: number): string {
    const say = words[this.#language];
    const elapsed = at - this.#phaseStartedAt;
    if (share === undefined || share < ESTIMATE_FROM || elapsed < ESTIMATE_AFTER_MS) {
      return durationIn(at - this.#startedAt, this.#language);
    }
    const left = (elapsed / share) * (1 - share);
    return say.left(durationIn(Math.ceil(left / 1000) * 1000, this.#language));
  }
}

function barOf(share: number): string {
  const full = Math.round(share * BAR_COLUMNS);
  return '█'.repeat(full) + '░'.repeat(BAR_COLUMNS - full);
}
