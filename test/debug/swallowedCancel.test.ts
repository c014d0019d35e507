// A cancellation that was caught and forgotten.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  coroutine,
  createTask,
  gather,
  isCancelled,
  Lock,
  Queue,
  sleep,
  taskGroup,
  timeout,
  TimeoutError,
  type Steps,
  type Task,
} from "../../bindings/index.js";
import { runProgram } from "../support/child.js";
import { onDebugLoop } from "./onDebugLoop.js";

/** Cancels a task of `body` while it waits, lets it go on for a while; what was logged. */
async function logOf(
  body: (task: Task<unknown>) => Steps<unknown>,
  options: { debug?: boolean } = {},
): Promise<readonly string[]> {
  const { logged } = await onDebugLoop(function* () {
    const task = createTask(body, { name: "victim" });
    yield* sleep(1);
    task.cancel();
    yield* sleep(50);
  }, options);
  return logged;
}

test("a task that catches its CancelledError and waits again is warned about, with its name and the place", async () => {
  const logged = await logOf(function* () {
    try {
      yield* sleep(1000);
    } catch {
      // As if nothing had happened.
    }
    yield* sleep(5);
  });
  assert.equal(logged.length, 1);
  assert.match(
    logged[0]!,
    /^<Task pending name='victim'.*> was sent a CancelledError and waits again outside of a finally block/,
  );
  assert.match(
    logged[0]!,
    /swallowedCancel\.test\.js:\d+:\d+\)?\. Rethrow it .* or take the request back with uncancel\(\)$/,
  );
});

const nap = coroutine(function* () {
  yield* sleep(3);
});

const WAIT_AGAIN: Record<string, () => Steps<unknown>> = {
  "sleep(0)": function* () {
    try {
      yield* sleep(1000);
    } catch {
      yield* sleep(0);
    }
  },
  "a task": function* () {
    try {
      yield* sleep(1000);
    } catch {
      yield* createTask(sleep(1));
    }
  },
  "gather()": function* () {
    try {
      yield* sleep(1000);
    } catch {
      yield* gather([sleep(1), sleep(2)]);
    }
  },
  "a coroutine of the library": function* () {
    const queue = new Queue<string>();
    try {
      yield* sleep(1000);
    } catch {
      yield* queue.get();
    }
  },
  "a scope": function* () {
    try {
      yield* sleep(1000);
    } catch {
      yield* timeout(100, nap);
    }
  },
  "a coroutine of the program": function* () {
    try {
      yield* sleep(1000);
    } catch {
      yield* nap();
    }
  },
  "a yielded coroutine": function* () {
    try {
      yield sleep(1000);
    } catch {
      yield nap();
    }
  },
};

for (const [name, body] of Object.entries(WAIT_AGAIN)) {
  test(`waiting for ${name} after that is noticed`, async () => {
    assert.equal((await logOf(body)).length, 1);
  });
}

test("a task is warned about once, however often it waits again", async () => {
  const logged = await logOf(function* () {
    try {
      yield* sleep(1000);
    } catch {
      for (let i = 0; i < 5; i++) yield* sleep(1);
    }
  });
  assert.equal(logged.length, 1);
});

test("a coroutine below the task's own function is found as well", async () => {
  const stubborn = coroutine(function* () {
    try {
      yield* sleep(1000);
    } catch {
      yield* sleep(1);
    }
  });
  const logged = await logOf(function* () {
    yield* stubborn();
  });
  assert.equal(logged.length, 1);
});

test("waiting in a finally block is how things are cleaned up", async () => {
  const logged = await logOf(function* () {
    try {
      yield* sleep(1000);
    } finally {
      yield* sleep(1);
      const text = String("}");
      if (text !== "") yield* sleep(1);
    }
  });
  assert.deepEqual(logged, []);
});

test("a coroutine that is awaited in a finally block may wait as it likes", async () => {
  const cleanUp = coroutine(function* () {
    yield* sleep(1);
    yield* sleep(1);
  });
  const logged = await logOf(function* () {
    try {
      yield* sleep(1000);
    } finally {
      yield* cleanUp();
    }
  });
  assert.deepEqual(logged, []);
});

test("waiting behind a finally block is waiting outside of it", async () => {
  const logged = await logOf(function* () {
    try {
      yield* sleep(1000);
    } catch {
      // Forgotten.
    } finally {
      yield* sleep(1);
    }
    yield* sleep(1);
  });
  assert.equal(logged.length, 1);
});

test("waiting by a coroutine behind a finally block that awaited another one is waiting outside of it", async () => {
  const logged = await logOf(function* () {
    try {
      yield* sleep(1000);
    } catch {
      // Forgotten.
    } finally {
      yield* nap();
    }
    yield* nap();
  });
  assert.equal(logged.length, 1);
});

test("a task that takes the request back with uncancel() may go on", async () => {
  const logged = await logOf(function* (task) {
    try {
      yield* sleep(1000);
    } catch (error) {
      assert.ok(isCancelled(error));
      task.uncancel();
    }
    yield* sleep(1);
  });
  assert.deepEqual(logged, []);
});

test("a task that passes the cancellation on is not warned about", async () => {
  const logged = await logOf(function* () {
    try {
      yield* sleep(1000);
    } catch (error) {
      if (isCancelled(error)) throw error;
    }
  });
  assert.deepEqual(logged, []);
});

test("a timeout, a task group and a lock that end a wait by cancelling are not warned about", async () => {
  const { logged, reports } = await onDebugLoop(function* () {
    const lock = new Lock();
    try {
      yield* timeout(5, function* () {
        yield* lock.with(function* () {
          yield* sleep(1000);
        });
      });
    } catch (error) {
      assert.ok(error instanceof TimeoutError);
    }
    yield* taskGroup(function* (group) {
      group.createTask(sleep(1000));
      yield* sleep(1);
      group.cancel();
      yield* sleep(1000);
    });
    yield* sleep(1);
  });
  assert.deepEqual(logged, []);
  assert.deepEqual(reports, []);
});

test("without debug mode nobody is warned", async () => {
  const body = function* (): Steps<void> {
    try {
      yield* sleep(1000);
    } catch {
      yield* sleep(1);
    }
  };
  assert.deepEqual(await logOf(body, { debug: false }), []);
});

test("the warning goes to the host's error output and the program goes on", async () => {
  const program = `
    import { createTask, run, sleep } from "wasyncio";
    await run(function* () {
      const task = createTask(function* () {
        try { yield* sleep(1000); } catch {}
        yield* sleep(1);
        console.log("went on");
      });
      yield;
      task.cancel();
      yield* sleep(20);
    }, { debug: true });
  `;
  const { stdout, stderr, status } = await runProgram(program);
  assert.equal(stdout, "went on\n");
  assert.match(stderr, /was sent a CancelledError/);
  assert.equal(status, 0);
});
