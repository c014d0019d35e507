// Gatherings whose children take their first step while they are gathered, and what those steps do to other children.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eagerTaskFactory, Future, gather, sleep, type Steps } from "../../bindings/index.js";
import { failureOf } from "../support/failureOf.js";
import { onLoop, type Stage } from "../support/onLoop.js";

const failure = new RangeError("failure");

function onEagerLoop(body: (stage: Stage) => Steps<void>): void {
  onLoop(function* (stage) {
    stage.loop.setTaskFactory(eagerTaskFactory);
    yield* body(stage);
  });
}

/** What a child that ends in its first step does there. */
function* eagerly(action: () => void): Steps<string> {
  action();
  return "eager";
}

test("a gathering hears of a child before what a later child registers there in its first step", () => {
  onEagerLoop(function* ({ trace }) {
    const child = new Future<never>();
    const gathering = gather([
      child,
      eagerly(() => child.addDoneCallback(() => trace.add(`callback, gathering done: ${gathering.done()}`))),
    ]);
    child.setException(failure);
    assert.equal(yield* failureOf(gathering), failure);
    trace.assertIs(["callback, gathering done: true"]);
  });
});

test("a child that a later child completes in its first step counts in a turn of its own", () => {
  onEagerLoop(function* ({ loop, trace }) {
    const child = new Future<string>();
    const gathering = gather([
      child,
      eagerly(() => {
        loop.callSoon(() => trace.add(`before its turn: ${gathering.done()}`));
        child.setResult("child");
        loop.callSoon(() => trace.add(`after its turn: ${gathering.done()}`));
      }),
    ]);
    assert.equal(gathering.done(), false);
    assert.deepEqual(yield* gathering, ["child", "eager"]);
    trace.assertIs(["before its turn: false", "after its turn: true"]);
  });
});

test("of children that complete while others start, and right after the call, the last one's turn ends the gathering", () => {
  onEagerLoop(function* ({ loop, trace }) {
    const children = [new Future<number>(), new Future<number>(), new Future<number>()] as const;
    const note = (): void => {
      trace.add(`${gathering.done()}`);
    };
    const complete = (n: 0 | 1 | 2): void => {
      children[n].setResult(n);
      loop.callSoon(note);
    };
    const gathering = gather([...children, eagerly(() => complete(1)), eagerly(() => complete(0))]);
    complete(2);
    assert.deepEqual(yield* gathering, [0, 1, 2, "eager", "eager"]);
    trace.assertIs(["false", "false", "true"]);
  });
});

test("a child that is done when it is gathered fails the gathering before one that failed while others started", () => {
  onEagerLoop(function* () {
    const pending = new Future<never>();
    const done = new Future<never>();
    done.setException(failure);
    const gathering = gather([pending, eagerly(() => pending.setException(new TypeError("later"))), done]);
    assert.equal(gathering.exception(), failure);
    yield;
  });
});

test("a child that failed while others started fails the gathering before one that fails right after the call", () => {
  onEagerLoop(function* () {
    const [early, late] = [new Future<never>(), new Future<never>()];
    const gathering = gather([late, early, eagerly(() => early.setException(failure)), sleep(1)]);
    late.setException(new TypeError("late"));
    assert.equal(yield* failureOf(gathering), failure);
    yield* sleep(1);
  });
});

test("a Future that stands in the list twice and fails in between fails the gathering in its turn, once", () => {
  onEagerLoop(function* () {
    const child = new Future<never>();
    const gathering = gather([child, eagerly(() => child.setException(failure)), child]);
    assert.equal(gathering.done(), false);
    assert.equal(yield* failureOf(gathering), failure);
  });
});

test("a gathering hears of a Future that stands in the list twice where it stands first", () => {
  onEagerLoop(function* ({ trace }) {
    const child = new Future<string>();
    const gathering = gather([
      child,
      eagerly(() => child.addDoneCallback(() => trace.add(`callback, gathering done: ${gathering.done()}`))),
      child,
    ]);
    child.setResult("child");
    assert.deepEqual(yield* gathering, ["child", "eager", "child"]);
    trace.assertIs(["callback, gathering done: true"]);
  });
});

test("a refused argument lets go of the children before it, those that have settled meanwhile too", () => {
  onEagerLoop(function* () {
    const [settled, pending] = [new Future<string>(), new Future<string>()];
    assert.throws(
      () => gather([pending, settled, eagerly(() => settled.setResult("settled")), sleep(1), pending, 3 as never]),
      { name: "TypeError", message: /got 3/ },
    );
    yield* sleep(1);
    assert.equal(pending.done(), false);
  });
});
