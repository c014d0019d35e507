import assert from "node:assert/strict";
import { test } from "node:test";
import type { TraceEvent } from "../format.js";
import { Random } from "./generator/random.js";
import { isInteresting, score } from "./interest.js";

/** Tasks A, B and C in turn, with an error now and then. */
const lively: TraceEvent[] = Array.from({ length: 30 }, (_, index) => {
  const start = [Math.floor(index / 5), "ABC"[index % 3] as string, "id"];
  return index % 10 === 0 ? [...start, "!", { error: index === 0 ? "TypeError" : "ErrA" }] : start;
});
const judge = (trace: readonly TraceEvent[]): boolean => isInteresting({}, trace, new Random("judge"));

test("tasks that interleave are interesting", () => {
  assert.ok(judge(lively));
});

test("one task alone is not", () => {
  assert.ok(!judge(lively.map(([time, , ...rest]) => [time as number, "A", ...rest])));
});

test("a trace that is too short is not", () => {
  assert.ok(!judge(lively.slice(0, 8)));
});

test("few of the programs that end in a deadlock are kept", () => {
  const random = new Random("deadlocks");
  const deadlocked: TraceEvent[] = [...lively, [9, null, "deadlock", ["A"]]];
  const kept = Array.from({ length: 400 }, () => isInteresting({}, deadlocked, random)).filter(Boolean).length;
  assert.ok(kept > 40 && kept < 200, `${kept} of 400`);
});

test("kinds of errors count more than their number", () => {
  const error = (kind: string): TraceEvent => [0, "A", "id", "!", { error: kind }];
  assert.equal(score([error("ErrA"), error("ErrA")]), 3);
  assert.equal(score([error("ErrA"), error("ErrB")]), 5);
});
