// A Coroutine is driven once. Each way to drive one a second time is a RuntimeError, and costs nobody else anything.
import assert from "node:assert/strict";
import { test } from "node:test";
import { coroutine, createTask, gather, run, sleep, Task, type Coroutine, type Steps } from "../../bindings/index.js";
import { onHostLoop, onLoop } from "../support/onLoop.js";

const REUSED = {
  name: "RuntimeError",
  message: "cannot reuse already awaited coroutine: it is driven once; call the coroutine function again for another",
};
const ADOPTED = {
  name: "RuntimeError",
  message: "cannot drive a coroutine that `then` or `await` has made a task of; await it again, or keep the task",
};

const answer = coroutine(function* () {
  yield* sleep(5);
  return "answer";
});

function* assertRaises(body: () => Steps<unknown>, error: assert.AssertPredicate): Steps<void> {
  let thrown: unknown = "nothing";
  try {
    yield* body();
  } catch (caught) {
    thrown = caught;
  }
  assert.throws(() => {
    throw thrown;
  }, error);
}

const KINDS: Record<string, () => Coroutine<unknown>> = {
  "a coroutine": () => answer(),
  "a sleep": () => sleep(5, "answer"),
};

const DRIVE: Record<string, (c: Coroutine<unknown>) => Steps<unknown>> = {
  "yield*": function* (c) {
    return yield* c;
  },
  yield: function* (c) {
    return yield c;
  },
  createTask: function* (c) {
    return yield* createTask(c);
  },
};

for (const [kind, make] of Object.entries(KINDS)) {
  for (const [first, drive] of Object.entries(DRIVE)) {
    for (const [second, driveAgain] of Object.entries(DRIVE)) {
      test(`${second} of ${kind} that was driven by ${first} is a RuntimeError`, () => {
        onLoop(function* () {
          const c = make();
          assert.equal(yield* drive(c), "answer");
          yield* assertRaises(() => driveAgain(c), REUSED);
          assert.equal(yield* drive(make()), "answer");
        });
      });
    }

    test(`${first} of ${kind} that another task drives is a RuntimeError, and the other goes on`, () => {
      onLoop(function* () {
        const c = make();
        const other = createTask(() => drive(c));
        yield* sleep(1);
        yield* assertRaises(() => drive(c), REUSED);
        assert.equal(yield* other, "answer");
      });
    });

    test(`${first} of ${kind} after then is a RuntimeError, and then still answers`, async () => {
      await onHostLoop(function* () {
        const c = make();
        const promise = c.then();
        yield* assertRaises(() => drive(c), kind === "a sleep" ? REUSED : ADOPTED);
        assert.equal(yield promise, "answer");
      });
    });

    test(`then of ${kind} that was driven by ${first} rejects with a RuntimeError`, async () => {
      await onHostLoop(function* () {
        const c = make();
        assert.equal(yield* drive(c), "answer");
        yield* assertRaises(function* () {
          yield c.then();
        }, REUSED);
      });
    });
  }

  test(`createTask twice of ${kind} refuses at the second call and the first task runs`, () => {
    onLoop(function* () {
      const c = make();
      const task = createTask(c);
      assert.throws(() => createTask(c), REUSED);
      assert.throws(() => new Task(c), REUSED);
      assert.equal(yield* task, "answer");
    });
  });

  test(`then, catch and finally of ${kind} share one run`, async () => {
    await onHostLoop(async ({ loop }) => {
      const c = make();
      const results = await Promise.all([c, c.then(), c.catch(() => 0), c.finally(() => {})]);
      assert.deepEqual(results, ["answer", "answer", "answer", "answer"]);
      assert.equal(loop.time(), 5);
    });
  });

  test(`gather takes ${kind} that stands in its list twice as one child`, () => {
    onLoop(function* ({ loop }) {
      const c = make();
      assert.deepEqual(yield* gather([c, c]), ["answer", "answer"]);
      assert.equal(loop.time(), 5);
    });
  });
}

test("run() of a coroutine that was driven refuses at the call", async () => {
  const c = answer();
  assert.equal(await run(c), "answer");
  await assert.rejects(async () => run(c), REUSED);
});

test("a coroutine that awaits itself gets the RuntimeError inside", () => {
  onLoop(function* () {
    const holder: { self?: Coroutine<string> } = {};
    const selfish = coroutine(function* (): Steps<string> {
      yield* assertRaises(() => DRIVE["yield*"]!(holder.self!), REUSED);
      return "went on";
    });
    holder.self = selfish();
    assert.equal(yield* holder.self, "went on");
  });
});
