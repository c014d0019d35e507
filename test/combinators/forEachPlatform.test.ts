// forEach over what the platform offers to iterate: it is closed on every early end, also when it brings nothing.
import assert from "node:assert/strict";
import { EventEmitter, on } from "node:events";
import { createInterface } from "node:readline";
import { PassThrough, Readable } from "node:stream";
import { test } from "node:test";
import { createTask, forEach, isCancelled, run, type Coroutine } from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";

/** An iterable, a way to feed it, and whether it is closed. */
interface Subject {
  readonly iterable: AsyncIterable<unknown>;
  feed(): void;
  isClosed(): boolean;
}

const SUBJECTS: Readonly<Record<string, () => Subject>> = {
  "a web ReadableStream"() {
    let controller!: ReadableStreamDefaultController<number>;
    let isCancelled = false;
    const stream = new ReadableStream<number>({
      start: (given) => void (controller = given),
      cancel: () => void (isCancelled = true),
    });
    return {
      iterable: stream as unknown as AsyncIterable<unknown>,
      feed: () => controller.enqueue(1),
      isClosed: () => isCancelled && !stream.locked,
    };
  },
  "events.on"() {
    const emitter = new EventEmitter();
    const iterable = on(emitter, "item");
    return { iterable, feed: () => void emitter.emit("item", 1), isClosed: () => emitter.listenerCount("item") === 0 };
  },
  readline() {
    const input = new PassThrough();
    const lines = createInterface({ input });
    return {
      iterable: lines,
      feed: () => void input.write("line\n"),
      isClosed: () => lines.listenerCount("line") === 0,
    };
  },
  "a Node stream"() {
    const stream = new PassThrough();
    return { iterable: stream, feed: () => void stream.write("chunk"), isClosed: () => stream.destroyed };
  },
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

for (const [name, make] of Object.entries(SUBJECTS)) {
  test(`${name}: a body that gives false ends it`, async () => {
    const { iterable, feed, isClosed } = make();
    setImmediate(feed);
    await run(() => forEach(iterable, () => false));
    assert.equal(isClosed(), true);
  });

  test(`${name}: an error of the body closes it and goes on`, async () => {
    const { iterable, feed, isClosed } = make();
    setImmediate(feed);
    await assert.rejects(
      run(() =>
        forEach(iterable, () => {
          throw new RangeError("body");
        }),
      ),
      { message: "body" },
    );
    assert.equal(isClosed(), true);
  });

  test(`${name}: a cancellation closes it while it waits for an item that never comes`, async () => {
    const { iterable, feed, isClosed } = make();
    const seen: unknown[] = [];
    await run(function* () {
      const consuming = createTask(forEach(iterable, (item) => void seen.push(item)) as Coroutine<void>);
      yield turn();
      feed();
      yield turn();
      yield turn();
      consuming.cancel();
      assert.ok(isCancelled(yield* failureOf(consuming)));
    });
    assert.equal(seen.length, 1);
    assert.equal(isClosed(), true);
  });
}

test("a web stream is read to its end, and its lock is given back", async () => {
  const stream = new ReadableStream<number>({
    start(controller) {
      for (const n of [1, 2, 3]) controller.enqueue(n);
      controller.close();
    },
  });
  const seen: number[] = [];
  await run(() => forEach(stream as unknown as AsyncIterable<number>, (n) => void seen.push(n)));
  assert.deepEqual(seen, [1, 2, 3]);
  assert.equal(stream.locked, false);
});

test("an error of a web stream goes on, and the lock is given back", async () => {
  const stream = new ReadableStream<number>({
    pull: (controller) => controller.error(new RangeError("broken")),
  });
  const consuming = run(() => forEach(stream as unknown as AsyncIterable<number>, () => {}));
  await assert.rejects(consuming, { message: "broken" });
  assert.equal(stream.locked, false);
});

test("lines are read to the end of the input", async () => {
  const seen: string[] = [];
  await run(() => {
    // Made where it is read: lines that come before somebody iterates are lost.
    const lines = createInterface({ input: Readable.from(["a\nb\n", "c\n"]) });
    return forEach(lines, (line) => void seen.push(line));
  });
  assert.deepEqual(seen, ["a", "b", "c"]);
});
