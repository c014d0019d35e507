// What measuring gives, and what the JSON holds.

/** Cost of one operation, or the size of one thing. */
export interface Figure {
  readonly median: number;
  /** Median distance from the median. */
  readonly spread: number;
  /** Every sample, in the order taken. */
  readonly rounds: readonly number[];
}

export interface Result {
  readonly name: string;
  readonly against: string;
  readonly unit: "ns" | "ms" | "bytes";
  readonly ours: Figure;
  readonly native: Figure;
  /** Other libraries' figures by name, and our own figure taken in turns with theirs. */
  readonly rivals?: { readonly ours: Figure; readonly theirs: Readonly<Record<string, Figure>> };
}

export type Facts = Readonly<Record<string, string>>;

export interface Report {
  readonly environment: Facts;
  /** Versions of the other libraries that took part. */
  readonly rivals: Facts;
  readonly results: readonly Result[];
}

/** Ours divided by the native figure: below 1 is faster, or smaller. */
export function ratio({ ours, native }: Pick<Result, "ours" | "native">): number {
  return ours.median / native.median;
}

/** What each other library takes, as a multiple of what we take. */
export function multiples({ rivals }: Result): [library: string, multiple: number, theirs: Figure][] {
  if (rivals === undefined) return [];
  return Object.entries(rivals.theirs).map(([library, theirs]) => [
    library,
    theirs.median / rivals.ours.median,
    theirs,
  ]);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function figure(rounds: readonly number[]): Figure {
  const middle = median(rounds);
  return { median: middle, spread: median(rounds.map((value) => Math.abs(value - middle))), rounds };
}
