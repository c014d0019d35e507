// A call of an eager compiled function that its caller awaits at once is driven without the loop. Nobody can tell: the
// same random programs, with every call made a Task by createTask instead, on a loop that takes every pass through its
// driver, leave the same traces of current tasks, context values, results and order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asyncToGenerator as eagerly } from "../../bindings/async/eager.js";
import { asyncToGenerator as lazily } from "../../bindings/async/lazy.js";
import {
  allTasks,
  ContextVar,
  createTask,
  currentTask,
  Future,
  getRunningLoop,
  sleep,
  type Coroutine,
  type Steps,
  type Task,
} from "../../bindings/index.js";
import { runVirtual } from "../../bindings/testing.js";
import "../support/core.js";
import { type Random, seeded } from "../support/seed.js";

const PROGRAMS = 800;
const MOST_OPERATIONS = 60;

type Operation = readonly [name: keyof typeof OPERATIONS, id: number, body: Block];
type Block = readonly Operation[];
type Body = Steps<unknown>;
type Silent = Steps<void>;
type Lowered = (block: Block, parent: Task<unknown> | null) => unknown;

interface Program {
  readonly start: (block: Block, parent: Task<unknown> | null) => Task<unknown>;
  readonly adopt: (task: Task<unknown>) => Task<unknown>;
  readonly trace: (...values: unknown[]) => void;
  /** In the order of their first steps. */
  readonly begun: Task<unknown>[];
  readonly kept: Task<unknown>[];
  readonly shared: Future<string>[];
}

const variable = new ContextVar<number>("level", { default: 0 });

/** What a body can do at each of its places; the program's trace tells everything that it can see. */
const OPERATIONS = {
  *pass(): Silent {
    yield null;
  },
  *passTwice(): Body {
    yield undefined;
    return yield "sent";
  },
  *await(program: Program, block: Block, parent): Body {
    return yield program.start(block, parent);
  },
  *keep(program: Program, block: Block, parent): Silent {
    program.kept.push(program.start(block, parent));
  },
  *awaitKept({ kept, begun }: Program): Body {
    // Tasks wait for later ones only: none waits for itself in the end.
    const isLater = kept.length > 0 && begun.indexOf(kept.at(-1)!) > begun.indexOf(currentTask()!);
    const task = isLater ? kept.pop() : undefined;
    return task === undefined ? "none" : ((yield task) as unknown);
  },
  *awaitLate(program: Program, block: Block, parent): Body {
    const task = program.start(block, parent);
    getRunningLoop().callSoon(() => program.trace("callback between", task.done()));
    return yield task;
  },
  *awaitWatched(program: Program, block: Block, parent): Body {
    const task = program.start(block, parent);
    task.addDoneCallback(() => program.trace("done", task.cancelled()));
    return yield task;
  },
  *awaitAmongOthers(program: Program, block: Block, parent): Body {
    const task = program.start(block, parent);
    program.start([["awaitGiven", -1, []]], task);
    return yield task;
  },
  *awaitGiven(_program: Program, _block: Block, given): Body {
    return given === null || given === currentTask() || given.done() ? "none" : ((yield given) as unknown);
  },
  *two(program: Program, block: Block, parent): Body {
    const first = program.start(block, parent);
    const second = program.start(block, parent);
    return [(yield second) as unknown, (yield first) as unknown].join();
  },
  *cancel(program: Program, block: Block, parent): Body {
    const task = program.start(block, parent);
    program.trace("cancel", task.cancel("stop"));
    return yield task;
  },
  *awaitWhileCancelled(program: Program, block: Block, parent): Body {
    currentTask()!.cancel("before");
    return yield program.start(block, parent);
  },
  *takeBack(program: Program, block: Block, parent): Body {
    const task = program.start([["passTwice", -2, []], ...block], parent);
    program.trace("takeBack", task.cancel("no"), task.uncancel());
    return yield task;
  },
  *cancelParent(program: Program, _block: Block, parent): Silent {
    if (parent !== null) program.trace("cancelParent", parent.cancel("up"), parent.cancelling());
    yield null;
  },
  *cancelSelf(): Silent {
    currentTask()!.cancel("self");
    yield null;
  },
  *uncancelSelf(): Body {
    return [currentTask()!.cancel("self"), currentTask()!.uncancel(), yield "kept"].join();
  },
  *cancelKept({ kept, trace }: Program): Silent {
    trace("cancelKept", kept.at(-1)?.cancel("kept"));
  },
  *adopt(program: Program, block: Block, parent): Silent {
    program.kept.push(program.adopt(program.start(block, parent)));
    yield null;
  },
  *set(): Silent {
    variable.set(variable.get() + 1);
  },
  *throw(): Body {
    throw new Error("thrown");
  },
  *zero(): Silent {
    yield sleep(0);
  },
  *sleep(): Silent {
    yield sleep(1);
  },
  *wait({ shared }: Program): Body {
    const future = new Future<string>();
    shared.push(future);
    return yield future;
  },
  *settle({ shared }: Program): Silent {
    const future = shared.shift();
    if (future?.done() === false) future.setResult("settled");
  },
  *returnTask(program: Program, block: Block, parent): Body {
    return yield lazily(function* (): Body {
      return program.start(block, parent);
    } as never)();
  },
  *all({ trace }: Program): Silent {
    trace("all", [...allTasks()].map(nameOf).join());
  },
} satisfies Record<string, (program: Program, block: Block, parent: Task<unknown> | null) => Body | Silent>;

/** One that awaits its own caller would wait for itself. */
const NAMES = (Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[]).filter((name) => name !== "awaitGiven");

let firstNumber = 0;

/** Default names are numbered through the process. */
function nameOf(task: Task<unknown>): string {
  return task.getName().replace(/\d+$/, (number) => String(Number(number) - firstNumber));
}

function makeBlock(random: Random, depth: number, budget: { left: number }): Block {
  const block: Operation[] = [];
  const length = 1 + random.below(4);
  for (let i = 0; i < length && budget.left > 0; i++) {
    const id = budget.left--;
    const name = random.chance(0.4) ? random.pick(["pass", "await"] as const) : random.pick(NAMES);
    block.push([name, id, depth === 0 ? [] : makeBlock(random, depth - 1, budget)]);
  }
  return block;
}

function traceOf(blocks: readonly Block[], wrap: (body: never) => unknown, debug: boolean, isTask: boolean): string[] {
  const lines: string[] = [];
  const trace = (...values: unknown[]): void => {
    const task = currentTask();
    const name = task === null ? "-" : nameOf(task);
    lines.push([getRunningLoop().time(), name, variable.get(), ...values.map(String)].join(" "));
  };
  const run = wrap(function* (block: Block, parent: Task<unknown> | null): Body {
    let outcome: unknown = "nothing";
    program.begun.push(currentTask()!);
    for (const [name, id, body] of block) {
      trace(id, name);
      try {
        outcome = yield* OPERATIONS[name](program, body, name === "awaitGiven" ? parent : currentTask());
        trace(id, outcome);
      } catch (error) {
        trace(id, error, currentTask()!.cancelling());
        if (id % 3 === 0) throw error;
      }
    }
    return outcome;
  } as never) as Lowered;
  const start: Program["start"] = (block, parent) => {
    const made = run(block, parent);
    return isTask ? (made as Task<unknown>) : createTask(made as Coroutine<unknown>, { eagerStart: true });
  };
  const adopt: Program["adopt"] = (task) => {
    if (isTask) return createTask(task, { name: "adopted" });
    task.setName("adopted");
    return task;
  };
  const program: Program = { start, adopt, trace, begun: [], kept: [], shared: [] };
  try {
    runVirtual(
      function* () {
        // When an error that nobody retrieves is reported depends on garbage collection.
        getRunningLoop().setExceptionHandler(() => {});
        firstNumber = Number(/\d+$/.exec(currentTask()!.getName())![0]);
        const roots = blocks.map((block) => start(block, null));
        for (const root of roots) {
          try {
            trace("root", yield root);
          } catch (error) {
            trace("root", error);
          }
        }
      },
      { debug },
    );
  } catch (error) {
    lines.push(`ended ${String(error).split(/[:(]/)[0]}`);
  }
  return lines;
}

test("that calls are driven without the loop shows in no trace of current tasks, contexts, results and order", () => {
  let lines = 0;
  for (let seed = 1; seed <= PROGRAMS; seed++) {
    seeded(
      seed,
      () => "node --test dist/test/async/adoption.test.js",
      (random) => {
        const budget = { left: MOST_OPERATIONS };
        const blocks = Array.from({ length: 1 + random.below(3) }, () => makeBlock(random, 4, budget));
        const expected = traceOf(blocks, lazily as never, true, false);
        assert.deepEqual(traceOf(blocks, eagerly as never, false, true), expected);
        lines += expected.length;
      },
    );
  }
  assert.ok(lines > PROGRAMS * 10, `programs that do so little show nothing: ${lines} lines`);
});
