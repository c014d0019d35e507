// Real time: a program that never stops scheduling does not keep the rest of the process waiting.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { test } from "node:test";
import { run, type EventLoop } from "../../bindings/index.js";

/** Spins a loop in every way until `end` has settled. */
async function spinUntil(end: (loop: EventLoop) => Promise<void>): Promise<void> {
  await run(function* (task) {
    const loop = task.getLoop();
    let isOver = false;
    const again = (): void => {
      if (!isOver) loop.callSoon(again);
    };
    const later = (): void => {
      if (!isOver) loop.callLater(0, later);
    };
    const throughPromise = (): void => {
      if (!isOver) void Promise.resolve().then(() => loop.callSoon(throughPromise));
    };
    for (const spin of [again, later, throughPromise]) loop.callSoon(spin);
    const ended = end(loop).then(() => {
      isOver = true;
    });
    while (!isOver) yield;
    yield ended;
  });
}

test("a spinning loop does not keep setTimeout and setImmediate waiting", async () => {
  await spinUntil(async () => {
    for (let i = 0; i < 10; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
});

test("a spinning loop does not keep a socket waiting", async () => {
  await spinUntil(async () => {
    const server = createServer((socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    await once(socket, "connect");
    for (let i = 0; i < 5; i++) {
      socket.write(`round trip ${i}`);
      const [data] = (await once(socket, "data")) as [Buffer];
      assert.equal(data.toString(), `round trip ${i}`);
    }
    socket.destroy();
    server.close();
    await once(server, "close");
  });
});

test("a loop that is woken by promises only still gives the host its turns", async () => {
  await run(function* (task) {
    const loop = task.getLoop();
    let isOver = false;
    setTimeout(() => {
      isOver = true;
    }, 20);
    while (!isOver) {
      const future = loop.createFuture<void>();
      void Promise.resolve().then(() => future.setResult());
      yield* future;
    }
  });
});
