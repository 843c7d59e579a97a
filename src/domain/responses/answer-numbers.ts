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
  readonly last: number;
  /** Numbers that did not come, the lowest first. */
  readonly missing: readonly NumberSpan[];
}

/** The run of the newest answers, which come in the order in which they were taken in; undefined for none. */
export function numberRun(answers: readonly NumberedAnswer[]): NumberRun | undefined {
  let run: NumberRun | undefined;
  for (const { number, startsAgain } of answers) {
    run =
      run === undefined || startsAgain ? { last: number, missing: [] } : withNumber(run, number);
  }
  return run;
}

/** Whether a number is neither the next one, nor a later one, nor one that is missing: then it was there before. */
export function isRepeated(run: NumberRun | undefined, number: number): boolean {
  if (run === undefined || number > run.last) return false;
  return !run.missing.some(({ from, to }) => from <= number && number <= to);
}

function withNumber({ last, missing }: NumberRun, number: number): NumberRun {
  if (number > last) {
    const gap = number > last + 1 ? [{ from: last + 1, to: number - 1 }] : [];
    return { last: number, missing: [...missing, ...gap] };
  }
  const left = missing.flatMap(({ from, to }) =>
    number < from || number > to
      ? [{ from, to }]
      : [
          { from, to: number - 1 },
          { from: number + 1, to },
        ].filter((span) => span.from <= span.to),
  );
  return { last, missing: left };
}
