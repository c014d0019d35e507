// Policies and loop factories: where loops come from.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import {
  EventLoop,
  getEventLoopPolicy,
  getRunningLoop,
  newEventLoop,
  run,
  Runner,
  setEventLoopPolicy,
  type EventLoopPolicy,
} from "../../bindings/index.js";
import { VirtualHost } from "../../bindings/testing.js";
import { CountingLoop } from "./otherLoops.js";

afterEach(() => setEventLoopPolicy(null));

class CountingPolicy implements EventLoopPolicy {
  made = 0;

  newEventLoop(): EventLoop {
    this.made++;
    return new CountingLoop({ host: new VirtualHost() });
  }
}

test("the default policy makes plain loops", () => {
  const loop = getEventLoopPolicy().newEventLoop();
  assert.equal(Object.getPrototypeOf(loop), EventLoop.prototype);
  loop.close();
});

test("newEventLoop, run and Runner take their loops from the policy", async () => {
  const policy = new CountingPolicy();
  setEventLoopPolicy(policy);
  assert.equal(getEventLoopPolicy(), policy);
  const loop = newEventLoop();
  assert.ok(loop instanceof CountingLoop);
  loop.close();
  assert.ok((await run(() => getRunningLoop())) instanceof CountingLoop);
  const runner = new Runner();
  assert.ok((await runner.run(() => getRunningLoop())) instanceof CountingLoop);
  await runner.close();
  assert.equal(policy.made, 3);
});

test("the policy's method is called as its own", async () => {
  const policy = {
    loops: [] as EventLoop[],
    newEventLoop(): EventLoop {
      const loop = new EventLoop({ host: new VirtualHost() });
      this.loops.push(loop);
      return loop;
    },
  };
  setEventLoopPolicy(policy);
  const loop = await run(() => getRunningLoop());
  assert.deepEqual(policy.loops, [loop]);
});

test("null brings back the default policy", () => {
  const before = getEventLoopPolicy();
  setEventLoopPolicy(new CountingPolicy());
  setEventLoopPolicy(null);
  assert.equal(getEventLoopPolicy(), before);
});

test("a loopFactory comes before the policy", async () => {
  const policy = new CountingPolicy();
  setEventLoopPolicy(policy);
  const loop = new EventLoop({ host: new VirtualHost() });
  assert.equal(await run(() => getRunningLoop(), { loopFactory: () => loop }), loop);
  assert.equal(policy.made, 0);
});

test("a Runner asks for its loop once, when it is first needed", async () => {
  const policy = new CountingPolicy();
  setEventLoopPolicy(policy);
  const runner = new Runner();
  assert.equal(policy.made, 0);
  const loop = runner.getLoop();
  assert.equal(await runner.run(() => getRunningLoop()), loop);
  assert.equal(policy.made, 1);
  await runner.close();
  assert.equal(loop.isClosed(), true);
});

const NO_POLICIES: readonly (readonly [unknown, string])[] = [
  [undefined, "undefined"],
  ["uvloop", '"uvloop"'],
  [() => new EventLoop(), "a function"],
  [{}, "an object of class Object"],
  [{ newEventLoop: 5 }, "an object of class Object"],
];

for (const [value, quoted] of NO_POLICIES) {
  test(`a policy that is ${quoted} is a TypeError that says what a policy has (${typeof value})`, () => {
    const before = getEventLoopPolicy();
    assert.throws(() => setEventLoopPolicy(value as EventLoopPolicy), {
      name: "TypeError",
      message: `setEventLoopPolicy expects an object with a newEventLoop method, got ${quoted}`,
    });
    assert.equal(getEventLoopPolicy(), before);
  });
}

test("a loopFactory that is no function is a TypeError at the call", () => {
  const loop = new EventLoop();
  const message = "loopFactory expects a function, got an object of class EventLoop";
  assert.throws(() => run(() => {}, { loopFactory: loop as never }), { name: "TypeError", message });
  assert.throws(() => new Runner({ loopFactory: loop as never }), { name: "TypeError", message });
  loop.close();
});

for (const [value, quoted] of [
  [undefined, "undefined"],
  [{}, "an object of class Object"],
  [EventLoop, "function EventLoop"],
] as const) {
  test(`a loopFactory or policy that gives ${quoted} is a TypeError that names what a loop is`, () => {
    const factory = (): EventLoop => value as unknown as EventLoop;
    const error = {
      name: "TypeError",
      message: `an EventLoop was expected from loopFactory or the policy, got ${quoted}`,
    };
    assert.throws(() => new Runner({ loopFactory: factory }).getLoop(), error);
    setEventLoopPolicy({ newEventLoop: factory });
    assert.throws(() => new Runner().getLoop(), error);
  });
}

test("what a loopFactory throws comes out of the call", () => {
  const loopFactory = (): never => {
    throw new RangeError("no loop today");
  };
  assert.throws(() => new Runner({ loopFactory }).getLoop(), { name: "RangeError", message: "no loop today" });
});

test("a closed loop from a factory is refused", () => {
  const closed = new EventLoop();
  closed.close();
  assert.throws(() => new Runner({ loopFactory: () => closed }).run(() => {}), {
    name: "RuntimeError",
    message: /^Event loop is closed/,
  });
});
