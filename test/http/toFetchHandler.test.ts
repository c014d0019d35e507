import assert from "node:assert/strict";
import { test } from "node:test";
import {
  allTasks,
  coroutine,
  createTask,
  currentTask,
  EventLoop,
  Future,
  getRunningLoop,
  isCancelled,
  run,
  sleep,
  toFetchHandler,
  ValueError,
} from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { onHostLoop } from "../support/onLoop.js";

function request(signal?: AbortSignal): Request {
  return new Request("http://localhost/hello", { ...(signal !== undefined && { signal }) });
}

const url = coroutine(function* (given: Request) {
  yield* sleep(1);
  return new Response(given.url);
});

const kinds = {
  "a coroutine function": url,
  "a generator function": function* (given: Request) {
    yield* sleep(1);
    return new Response(given.url);
  },
  "a function that returns a coroutine": (given: Request) => url(given),
  "an async function": async (given: Request) => {
    await sleep(1);
    return new Response(given.url);
  },
  "a plain function": (given: Request) => new Response(given.url),
};

for (const [kind, body] of Object.entries(kinds)) {
  test(`a request is answered by ${kind}`, async () => {
    await onHostLoop(async () => {
      const response = await toFetchHandler<Request, Response>(body)(request());
      assert.equal(await response.text(), "http://localhost/hello");
    });
  });
}

test("the handler gives a native promise, which routers look for", async () => {
  await onHostLoop(async () => {
    const answer = toFetchHandler(url)(request());
    assert.ok(answer instanceof Promise);
    await answer;
  });
});

test("nothing of the body runs before the handler has returned", async () => {
  await onHostLoop(async ({ trace }) => {
    const handler = toFetchHandler(function* () {
      trace.add("body");
      return new Response();
    });
    const answer = handler(request());
    trace.add("returned");
    await answer;
    trace.assertIs(["returned", "body"]);
  });
});

test("an awaitable result is awaited in turn", async () => {
  await onHostLoop(async () => {
    const handler = toFetchHandler(function* (given: Request) {
      return url(given);
    });
    const response: Response = await handler(request());
    assert.equal(await response.text(), "http://localhost/hello");
  });
});

test("what the body throws rejects the promise", async () => {
  await onHostLoop(async () => {
    const failing = toFetchHandler(function* (): Generator<unknown, Response> {
      yield* sleep(1);
      throw new ValueError("no such page");
    });
    await assert.rejects(failing(request()), ValueError);
  });
});

test("the request's task is cancelled when the client goes away, and its finally blocks run", async () => {
  await onHostLoop(async ({ trace }) => {
    const handler = toFetchHandler(function* () {
      try {
        yield* sleep(1_000_000);
        return new Response();
      } finally {
        trace.add("cleaned up");
      }
    });
    const client = new AbortController();
    const gone = new Error("client has gone");
    const answer = handler(request(client.signal));
    await sleep(1);
    client.abort(gone);
    await assert.rejects(answer, (error) => isCancelled(error) && error.cause === gone);
    trace.assertIs(["cleaned up"]);
    assert.equal(allTasks().size, 1);
  });
});

test("a request whose client has gone already never calls its body", async () => {
  await onHostLoop(async () => {
    const handler = toFetchHandler(() => assert.fail("called"));
    await assert.rejects(handler(request(AbortSignal.abort())), isCancelled);
  });
});

test("the signal given to the body aborts when the client goes away", async () => {
  await onHostLoop(async () => {
    let seen: AbortSignal | undefined;
    const handler = toFetchHandler(async (_request, { signal }) => {
      seen = signal;
      await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
      return new Response();
    });
    const client = new AbortController();
    const answer = handler(request(client.signal));
    await sleep(1);
    assert.equal(seen?.aborted, false);
    client.abort();
    await assert.rejects(answer, isCancelled);
    assert.equal(seen?.aborted, true);
  });
});

test("a client that goes away after the answer cancels nothing", async () => {
  await onHostLoop(async () => {
    const client = new AbortController();
    const response = await toFetchHandler(url)(request(client.signal));
    client.abort();
    await sleep(1);
    assert.equal(response.status, 200);
  });
});

test("requests share the loop that runs", async () => {
  await onHostLoop(async ({ loop }) => {
    const handler = toFetchHandler(function* () {
      assert.equal(getRunningLoop(), loop);
      assert.notEqual(currentTask(), null);
      yield* sleep(10);
      return new Response();
    });
    await Promise.all([handler(request()), handler(request()), handler(request())]);
    assert.equal(loop.time(), 10);
  });
});

test("an async body knows its loop after its awaits", async () => {
  await onHostLoop(async ({ loop }) => {
    const handler = toFetchHandler(async () => {
      await sleep(1);
      assert.equal(new Future().getLoop(), loop);
      return new Response();
    });
    await handler(request());
  });
});

test("outside of every loop requests run on the background loop", async () => {
  const handler = toFetchHandler(function* () {
    return getRunningLoop();
  });
  const [first, second] = await Promise.all([handler(request()), handler(request())]);
  assert.equal(first, second);
});

test("with loopFactory each request has a loop of its own, closed with what it left behind before the answer", async () => {
  const loops: EventLoop[] = [];
  const ended: string[] = [];
  const loopFactory = (): EventLoop => {
    const loop = new EventLoop({ host: new VirtualHost() });
    loops.push(loop);
    return loop;
  };
  const handler = toFetchHandler(
    function* (given: Request) {
      createTask(function* () {
        try {
          yield* sleep(1_000);
        } finally {
          ended.push("leftover");
        }
      });
      yield* sleep(10);
      return new Response(given.url);
    },
    { loopFactory },
  );
  await Promise.all([handler(request()), handler(request())]);
  assert.equal(loops.length, 2);
  assert.ok(loops.every((loop) => loop.isClosed()));
  assert.deepEqual(ended, ["leftover", "leftover"]);
});

test("with loopFactory a request is cancelled by its signal as well", async () => {
  const handler = toFetchHandler(() => sleep(1_000_000, new Response()), { loopFactory: () => new EventLoop() });
  await assert.rejects(handler(request(AbortSignal.timeout(5))), isCancelled);
});

test("with loopFactory the handler may be called in a step of another loop", async () => {
  const handler = toFetchHandler(url, { loopFactory: () => new EventLoop() });
  const response = await run(function* () {
    return (yield handler(request())) as Response;
  });
  assert.equal(await response.text(), "http://localhost/hello");
});

test("a body that is no function, and a loopFactory that is none, are refused", () => {
  assert.throws(() => toFetchHandler(5 as never), TypeError);
  assert.throws(() => toFetchHandler(url, { loopFactory: 5 as never }), TypeError);
});
