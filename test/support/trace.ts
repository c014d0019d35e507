// An ordered record of events, compared at the end with what it should be.
import assert from "node:assert/strict";

/** Events of which only the order among themselves is not fixed. */
class Unordered {
  readonly events: readonly string[];

  constructor(events: readonly string[]) {
    this.events = events;
  }
}

/** A stretch of the expected trace whose events may come in any order. */
export function inAnyOrder(...events: string[]): Unordered {
  return new Unordered(events);
}

export class Trace {
  readonly events: string[] = [];

  add(event: string): void {
    this.events.push(event);
  }

  /** A function that adds `event`, for callbacks. */
  adder(event: string): () => void {
    return () => this.add(event);
  }

  assertIs(expected: readonly (string | Unordered)[]): void {
    const actual = [...this.events];
    const template: string[] = [];
    for (const part of expected) {
      if (!(part instanceof Unordered)) {
        template.push(part);
        continue;
      }
      const from = template.length;
      const sorted = actual.slice(from, from + part.events.length).sort();
      actual.splice(from, sorted.length, ...sorted);
      template.push(...[...part.events].sort());
    }
    assert.deepEqual(actual, template);
  }
}
