import type { Block, Expression, Statement } from "../../format.js";
import type { Draft } from "./draft.js";
import { functionScope } from "./scope.js";

const SCOPE = functionScope("driver", 0, 0);
const RUN_MAIN: Expression = ["coro", "main"];

/** Top-level code: several runs on one loop, loops stopped, closed and replaced. */
export class Driver {
  readonly #draft: Draft;
  readonly #body: Statement[] = [];

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  make(): Block {
    const { random } = this.#draft;
    if (random.chance(0.2)) this.#standalone();
    if (random.chance(0.2)) this.#prepared();
    else this.#run(RUN_MAIN);
    for (let turns = random.int(1, 4); turns > 0; turns--) this.#turn();
    return this.#body;
  }

  #turn(): void {
    const turns: { weight: number; make: () => void }[] = [
      { weight: 3, make: () => this.#run(this.#worker()) },
      { weight: 3, make: () => this.#untilComplete() },
      { weight: 2, make: () => this.#forever() },
      { weight: 3, make: () => this.#body.push(...this.#draft.block(SCOPE, 1)) },
      { weight: 1, make: () => this.#replaceRunner() },
      { weight: 1, make: () => this.#closed() },
      { weight: 0.4, make: () => this.#loopClosed() },
      { weight: 0.3, make: () => this.#record(["run", this.#draft.random.pick([5, null, "x"])]) },
      { weight: 0.5, make: () => this.#body.push(["stop"]) },
    ];
    this.#draft.random.weighted(turns).make();
    this.#body.push(this.#draft.trace(["time"], ["all_tasks"], ["is_running"], ["is_closed"]));
  }

  #record(expression: Expression): void {
    this.#body.push(["ca", this.#draft.event(), expression]);
  }

  #run(what: Expression): void {
    this.#record(["run", what]);
  }

  #worker(): Expression {
    return ["coro", this.#draft.random.pick([...this.#draft.workers.keys()]), this.#draft.duration()];
  }

  /** The loop is driven by a coroutine, or by a task or future that an earlier run left. */
  #untilComplete(): void {
    const { random } = this.#draft;
    if (random.chance(0.4)) return this.#record(["run_until_complete", this.#worker()]);
    const left = this.#draft.any(this.#draft.has("future") && random.chance(0.4) ? "future" : "task");
    const operation = random.pick(["run_until_complete", "run_until_complete", "run"]);
    const cancel: Block = random.chance(0.3) ? [this.#draft.probe(["cancel", left, "driver"])] : [];
    this.#body.push(["if", ["ne", left, null], [...cancel, ["ca", this.#draft.event(), [operation, left]]]]);
  }

  #forever(): void {
    this.#draft.cbs["halt"] ??= { b: [["trace", "halt"], ["stop"]] };
    this.#body.push(["call_later", this.#draft.random.int(0, 4), "halt"]);
    this.#record(["run_forever"]);
  }

  /** Objects and tasks are made before any loop runs. */
  #prepared(): void {
    const { random } = this.#draft;
    const tasks = random.sample(["t0", "t1", "t2"], random.int(1, 2));
    this.#body.push(...this.#draft.setup);
    for (const task of tasks) this.#body.push(["let", task, ["task", this.#worker(), { name: task.toUpperCase() }]]);
    if (random.chance(0.5)) this.#forever();
    this.#record(["run_until_complete", `$${random.pick(tasks)}`]);
    if (random.chance(0.6)) this.#run(RUN_MAIN);
  }

  /** A new loop; what belongs to the old one cannot be awaited there. */
  #replaceRunner(): void {
    this.#record(["new_runner"]);
    this.#run(this.#draft.random.chance(0.6) ? RUN_MAIN : this.#worker());
  }

  #closed(): void {
    const { random } = this.#draft;
    this.#record(["close"]);
    this.#body.push(this.#draft.trace(["is_closed"], ["is_running"]));
    this.#refused();
    if (random.chance(0.3)) this.#record(["close"]);
    if (random.chance(0.3)) this.#standalone();
    this.#replaceRunner();
  }

  #loopClosed(): void {
    this.#record(["loop_close"]);
    this.#refused();
    // Closing the runner fails too while tasks are left; the second try finds it closed.
    this.#record(["new_runner"]);
    this.#replaceRunner();
  }

  /** What a closed loop refuses to do. */
  #refused(): void {
    this.#draft.cbs["never"] ??= { b: [["trace", "never"]] };
    const refused: Expression[] = [
      ["call_soon", "never"],
      ["call_later", 1, "never"],
      ["run_forever"],
      ["run", this.#worker()],
      ["run_until_complete", this.#worker()],
    ];
    for (const expression of this.#draft.random.sample(refused, this.#draft.random.int(0, 2))) this.#record(expression);
  }

  /** asyncio.run, which makes and closes a loop of its own; the runner must be idle. */
  #standalone(): void {
    const { random } = this.#draft;
    // The first one makes the objects that workers need.
    for (const what of [RUN_MAIN, ...(random.chance(0.5) ? [this.#worker()] : [])]) {
      this.#record(["asyncio_run", what]);
      this.#body.push(this.#draft.trace(["is_closed"], ["time"]));
    }
    this.#record(["new_runner"]);
  }
}
