/** One fault put into the core on purpose. */
export interface Mutant {
  readonly id: string;
  /** The invariant or rule that it breaks, by its id in assembly/README.md or in words. */
  readonly breaks: string;
  /** What is wrong with it, for the table. */
  readonly fault: string;
  /** Name of the source in assembly/. */
  readonly file: string;
  /** Text that stands in the source once, and what takes its place. */
  readonly from: string;
  readonly to: string;
}

/** The source with the fault in it. */
export function mutate(mutant: Mutant, source: string): string {
  const parts = source.split(mutant.from);
  if (parts.length === 2) return parts.join(mutant.to);
  throw new Error(`${mutant.id}: its text stands ${parts.length - 1} times in assembly/${mutant.file}, not once`);
}
