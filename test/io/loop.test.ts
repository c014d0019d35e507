// What the loop is to its I/O: when it may end, what it waits for, in whose state its callbacks run.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, type AddressInfo } from "node:net";
import { test } from "node:test";
import { EventLoop, getRunningLoop, run } from "../../bindings/index.js";
import { Protocol } from "../../bindings/io.js";
import { bytes, portOf, withIo } from "../support/ioStage.js";

test("an open server counts as something that can still happen: no deadlock is found", () =>
  run(
    function* () {
      const loop = getRunningLoop();
      const server = yield* loop.createServer(() => new Protocol(), "127.0.0.1", 0);
      const answer = loop.createFuture<string>();
      setImmediate(() => setImmediate(() => answer.setResult("late")));
      assert.equal(yield* answer, "late");
      server.close();
      yield* server.waitClosed();
    },
    { loopFactory: () => new EventLoop({ deadlock: true }) },
  ));

test("with everything closed a deadlock is found again", async () => {
  const stuck = run(
    function* () {
      const loop = getRunningLoop();
      const server = yield* loop.createServer(() => new Protocol(), "127.0.0.1", 0);
      server.close();
      yield* server.waitClosed();
      yield* loop.createFuture<never>();
    },
    { loopFactory: () => new EventLoop({ deadlock: true }) },
  );
  await assert.rejects(stuck, { name: "DeadlockError" });
});

test("a protocol's callbacks see the AsyncLocalStorage state of the loop, not of who made the connection", async () => {
  const store = new AsyncLocalStorage<string>();
  await store.run("the loop's", () =>
    withIo(function* (stage) {
      const seen = stage.loop.createFuture<string | undefined>();
      class Looks extends Protocol {
        override dataReceived(): void {
          seen.setResult(store.getStore());
        }
      }
      const server = yield* stage.serve(() => new Looks());
      const connecting = store.run("a step's", () =>
        stage.loop.createConnection(() => new Protocol(), "127.0.0.1", portOf(server)),
      );
      const [client] = yield* connecting;
      client.write(bytes("x"));
      assert.equal(yield* seen, "the loop's");
      client.close();
      server.close();
    }),
  );
});

test("a loop that closes lets go of its sockets, and what was written still goes out", async () => {
  const host = createServer();
  await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
  const received = new Promise<string>((resolve) => {
    host.on("connection", (socket) => {
      let text = "";
      socket.setEncoding("utf8").on("data", (part: string) => (text += part));
      socket.on("close", () => resolve(text));
    });
  });
  const transport = await run(function* () {
    const { port } = host.address() as AddressInfo;
    const [client] = yield* getRunningLoop().createConnection(() => new Protocol(), "127.0.0.1", port);
    client.write(bytes("last words"));
    return client;
  });
  assert.equal(await received, "last words");
  assert.ok(transport.isClosing());
  transport.close();
  transport.write(bytes("nobody hears"));
  host.close();
});

test("a server that is left open is closed with its loop", async () => {
  const port = await run(function* () {
    return portOf(yield* getRunningLoop().createServer(() => new Protocol(), "127.0.0.1", 0));
  });
  await run(function* () {
    const loop = getRunningLoop();
    const server = yield* loop.createServer(() => new Protocol(), "127.0.0.1", port);
    server.close();
    yield* server.waitClosed();
  });
});
