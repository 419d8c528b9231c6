/** What is measured, and how it comes out: one line of JSON on standard output a figure, all else on standard error. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'per second';
  /** The same of others, measured in the same run. */
  readonly vs: Readonly<Record<string, number>>;
  /** What one must know to read the figure. */
  readonly note?: string;
}

export function print(figure: Figure): void {
  const vs = Object.fromEntries(Object.entries(figure.vs).map(([name, value]) => [name, rounded(value)]));
  process.stdout.write(`${JSON.stringify({ ...figure, value: rounded(figure.value), vs })}\n`);
}

export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Three digits that count. */
const rounded = (value: number): number => Number(value.toPrecision(3));

/** The value that this share of all, 0 to 1, do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Milliseconds that a call takes. */
export function timeOf(call: () => void): number {
  const start = performance.now();
  call();
  return performance.now() - start;
}
