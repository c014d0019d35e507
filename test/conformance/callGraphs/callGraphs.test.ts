// The call graphs of recorded.jsonl, which CPython 3.14 has seen; record/recordCallGraphs.ts records them anew.
import assert from "node:assert/strict";
import { test } from "node:test";
import { captureCallGraph, coroutine, createTask, sleep } from "../../../bindings/index.js";
import { onLoop } from "../../support/onLoop.js";
import "../../support/core.js";
import { awaiterPrograms } from "./awaiterPrograms.js";
import type { Look } from "./parts.js";
import { readRecorded } from "./recorded.js";
import { shapeOf, type GraphShape } from "./shape.js";
import { stackPrograms } from "./stackPrograms.js";

const programs = { ...awaiterPrograms, ...stackPrograms };
const recorded = readRecorded();

test("each program is there as it was recorded", () => {
  assert.deepEqual(
    Object.keys(programs),
    recorded.map(({ name }) => name),
  );
});

for (const { name, graphs } of recorded) {
  test(`the program '${name}' sees the call graphs that CPython saw`, () => {
    const seen: (GraphShape | null)[] = [];
    // By that name, as the recorder's own: it is the frame that depth 0 begins with.
    const look: Look = function look(future, { depth = 1, limit = null } = {}) {
      const graph = captureCallGraph(future, { depth: depth + 1, limit });
      seen.push(graph === null ? null : shapeOf(graph));
    };
    onLoop(function* () {
      const main = createTask(coroutine(programs[name]!)(look), { name: "main" });
      // Not by awaiting it: nobody awaits the main task.
      yield* sleep(100);
      main.result();
    });
    assert.deepEqual(seen, graphs);
  });
}
