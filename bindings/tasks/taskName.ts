// Names of tasks, and the order of their creation. A task without a name of its own has a number; text is made when
// asked for. Numbers rise with creation, so they order tasks as well; a named task remembers which number came before.

class Label {
  readonly text: string;
  /** The last number given before this task was made, and its place among the named ones. */
  readonly after: number;
  readonly rank: number;

  constructor(text: string, after: number, rank: number) {
    this.text = text;
    this.after = after;
    this.rank = rank;
  }
}

export type TaskName = number | Label;

let lastNumber = 0;
let lastRank = 0;

export function newNumber(): number {
  return ++lastNumber;
}

/** Names are converted to strings, as asyncio does. */
export function newName(name: unknown): TaskName {
  if (name === undefined || name === null) return ++lastNumber;
  return new Label(String(name), lastNumber, ++lastRank);
}

export function renamed(old: TaskName, name: unknown): TaskName {
  return typeof old === "number" ? new Label(String(name), old, 0) : new Label(String(name), old.after, old.rank);
}

export function nameText(name: TaskName): string {
  return typeof name === "number" ? `Task-${name}` : name.text;
}

/** Negative when `a` was made before `b`. */
export function compareCreation(a: TaskName, b: TaskName): number {
  const byNumber = (typeof a === "number" ? a : a.after) - (typeof b === "number" ? b : b.after);
  return byNumber !== 0 ? byNumber : (typeof a === "number" ? 0 : a.rank) - (typeof b === "number" ? 0 : b.rank);
}
