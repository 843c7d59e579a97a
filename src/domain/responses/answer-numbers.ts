/** Numbers from one to another, both among them. */
export interface NumberSpan {
  readonly from: number;
  readonly to: number;
}

/** An answer that carries a running number of its recipient. */
export interface NumberedAnswer {
  readonly number: number;
  /** An officer accepted that they began to count again with it. */
  readonly startsAgain: boolean;
}

/** How a recipient's answers are counted since they last began to count. */
export interface NumberRun {
  /** The lowest that came. */
  readonly first: number;
  readonly last: number;
  /** Numbers that did not come, the lowest first. */
  readonly missing: readonly NumberSpan[];
}

/** The run of the newest answers, which come in the order in which they were taken in; undefined for none. */
export function numberRun(answers: readonly NumberedAnswer[]): NumberRun | undefined {
  let run: NumberRun | undefined;
  for (const { number, startsAgain } of answers) {
    run =
      run === undefined || startsAgain
        ? { first: number, last: number, missing: [] }
        : withNumber(run, number);
  }
  return run;
}

/** Numbers that did not come: from `countedFrom` on, and behind the lowest that came where that is not told. */
export function missingNumbers(
  answers: readonly NumberedAnswer[],
  countedFrom?: number,
): readonly NumberSpan[] {
  const run = numberRun(answers);
  if (run === undefined) return [];
  const from = countedFrom ?? run.first;
  return [{ from, to: run.first - 1 }, ...run.missing]
    .map((span) => ({ from: Math.max(span.from, from), to: span.to }))
    .filter((span) => span.from <= span.to);
}

/** Whether a number lies between the lowest and the newest that came, and is not missing: then it was there before. */
export function isRepeated(run: NumberRun | undefined, number: number): boolean {
  if (run === undefined || number > run.last || number < run.first) return false;
  return !run.missing.some(({ from, to }) => from <= number && number <= to);
}

function withNumber({ first, last, missing }: NumberRun, number: number): NumberRun {
  const between = (from: number, to: number): NumberSpan[] => (from <= to ? [{ from, to }] : []);
  if (number > last) {
    return { first, last: number, missing: [...missing, ...between(last + 1, number - 1)] };
  }
  if (number < first) {
    return { first: number, last, missing: [...between(number + 1, first - 1), ...missing] };
  }
  const left = missing.flatMap(({ from, to }) =>
    number < from || number > to
      ? [{ from, to }]
      : [...between(from, number - 1), ...between(number + 1, to)],
  );
  return { first, last, missing: left };
}
