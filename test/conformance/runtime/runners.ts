import type { Budget } from "./budget.js";
import type { Library, Loop, Runner } from "./library.js";
import { ProgramHost } from "./programHost.js";

/** The driver's side of a program: its runners, its loops, and which of them is the current one. */
export class Runners {
  readonly #library: Library;
  readonly #budget: Budget;
  readonly #onDeadlock: () => void;
  readonly #onLoop: (loop: Loop) => void;
  #loop: Loop | null = null;
  #runner: Runner | null = null;

  /** `onLoop` prepares every new loop. */
  constructor(library: Library, budget: Budget, onDeadlock: () => void, onLoop: (loop: Loop) => void) {
    this.#library = library;
    this.#budget = budget;
    this.#onDeadlock = onDeadlock;
    this.#onLoop = onLoop;
  }

  /** The loop made last, closed or not. */
  get loop(): Loop {
    if (this.#loop === null) throw new Error("no loop has been made");
    return this.#loop;
  }

  async renew(): Promise<void> {
    await this.#runner?.close();
    this.#runner = new this.#library.Runner({ loopFactory: this.#makeLoop });
    this.#runner.getLoop();
  }

  // The calls below are not async functions: what the library throws at the call has to be thrown at the call.

  run(main: unknown): Promise<unknown> {
    return this.#current().run(main);
  }

  runOnFreshLoop(main: unknown): Promise<unknown> {
    return this.#library.run(main, { loopFactory: this.#makeLoop });
  }

  runUntilComplete(target: unknown): Promise<unknown> {
    return this.loop.runUntilComplete(target);
  }

  close(): Promise<void> {
    return this.#current().close();
  }

  #current(): Runner {
    if (this.#runner === null) throw new Error("no runner has been made");
    return this.#runner;
  }

  readonly #makeLoop = (): Loop => {
    this.#loop = new this.#library.EventLoop({ host: new ProgramHost(this.#budget, this.#onDeadlock) });
    this.#onLoop(this.#loop);
    return this.#loop;
  };
}
