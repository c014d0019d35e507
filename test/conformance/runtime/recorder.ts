import type { TraceEvent } from "../format.js";
import type { Canonical } from "./canonical.js";
import type { Library, Loop } from "./library.js";

/** Well above what any program records; a program that passes it does not end by itself. */
const MOST_EVENTS = 2000;

/** The trace of one program. */
export class Recorder {
  readonly events: TraceEvent[] = [];
  /** The messages of errors, by the index of the event that shows them: not compared, but shown with a divergence. */
  readonly notes = new Map<number, string>();
  readonly #library: Library;
  readonly #canonical: Canonical;
  #closed = false;
  loop: Loop | null = null;

  constructor(library: Library, canonical: Canonical) {
    this.#library = library;
    this.#canonical = canonical;
  }

  record(...values: readonly unknown[]): void {
    if (this.#closed || this.loop === null || this.events.length >= MOST_EVENTS) return;
    const error = values.find((value) => value instanceof Error);
    if (error instanceof Error) this.notes.set(this.events.length, `${error.name}: ${error.message}`);
    const task = this.#library.currentTask(this.loop);
    const name = task === null ? null : this.#canonical.nameOf(task);
    this.events.push([this.loop.time(), name, ...values.map((value) => this.#canonical.value(value))]);
  }

  /** The program is over: whatever else happens is not part of its trace. */
  close(): void {
    this.#closed = true;
  }
}
