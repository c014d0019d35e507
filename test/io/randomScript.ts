// Random scripts for streamScript.ts of what a program and a transport may do: a transport that has ended sends no more.
import type { Random } from "../support/seed.js";
import type { Operation, StreamScript } from "./streamScript.js";

const MAX_OPERATIONS = 30;
const TEXTS = ["a", "\n", ";", "ab", "a\n", ";;", "abcdefgh", "one\ntwo\n", "x".repeat(20), "x;y\n;"];
const SEPARATORS = ["\n", ";", ";\n", ";;", "ab"];

class Draft {
  private readonly random: Random;
  /** Whether the separators of one readuntil may be several, as they may since Python 3.13. */
  private readonly hasSeveral: boolean;
  readonly operations: Operation[];
  private tasks: number;
  private hasEnded: boolean;
  private isPaused: boolean;
  private isLost: boolean;

  constructor(random: Random, hasSeveral: boolean) {
    this.random = random;
    this.hasSeveral = hasSeveral;
    this.operations = [];
    this.tasks = 0;
    this.hasEnded = false;
    this.isPaused = false;
    this.isLost = false;
  }

  add(): void {
    const operation = this.random.pick(this.possible())();
    this.operations.push(operation);
  }

  private possible(): (() => Operation)[] {
    const { random } = this;
    const list: (() => Operation)[] = [
      () => this.start(),
      () => this.start(),
      () => ["tick"],
      () => ["tick"],
      () => ["tick"],
    ];
    if (this.tasks > 0) list.push(() => ["cancel", `task ${random.below(this.tasks)}`]);
    if (!this.hasEnded) {
      for (let i = 0; i < 4; i++) list.push(() => ["feed", random.pick(TEXTS)]);
      if (random.chance(0.2)) list.push(() => this.end());
    }
    if (random.chance(0.1)) list.push(() => ["fail"]);
    if (random.chance(0.2)) list.push(() => ["close"]);
    if (!this.isLost) {
      list.push(() => this.toggle());
      if (random.chance(0.1)) list.push(() => this.lose());
    }
    return list;
  }

  private start(): Operation {
    const { random } = this;
    const name = `task ${this.tasks++}`;
    switch (random.below(7)) {
      case 0:
        return ["start", name, "read", random.pick([-1, 0, 1, 3, 100])];
      case 1:
        return ["start", name, "readexactly", random.pick([0, 1, 4, 25])];
      case 2:
        return ["start", name, "readuntil", this.separators()];
      case 3:
      case 4:
        return ["start", name, "readline"];
      case 5:
        return ["start", name, "drain"];
      default:
        return ["start", name, "waitClosed"];
    }
  }

  private separators(): string[] {
    const count = this.hasSeveral ? 1 + this.random.below(3) : 1;
    return Array.from({ length: count }, () => this.random.pick(SEPARATORS));
  }

  private end(): Operation {
    this.hasEnded = true;
    return ["eof"];
  }

  private toggle(): Operation {
    this.isPaused = !this.isPaused;
    return [this.isPaused ? "pauseWriting" : "resumeWriting"];
  }

  private lose(): Operation {
    this.isLost = true;
    this.hasEnded = true;
    return ["lost", this.random.chance(0.5)];
  }
}

export function randomScript(random: Random, hasSeveral: boolean): StreamScript {
  const draft = new Draft(random, hasSeveral);
  const count = 3 + random.below(MAX_OPERATIONS);
  for (let i = 0; i < count; i++) draft.add();
  return { limit: random.pick([1, 3, 5, 100]), operations: draft.operations };
}
