// Ctrl-C on the tour, as a reader would press it: in the middle of tasks that clean up behind themselves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testOnlyIn } from "../support/testWhere.js";
import { interruptFile, interruptNpmStart } from "../support/interrupted.js";

test("Ctrl-C on the tour runs the finally blocks of its tasks and ends it with status 130, without a stack", async () => {
  const { status, signal, lines, stderr } = await interruptFile(
    "dist/examples/tour.js",
    (line) => line === "long counts 1",
  );
  const afterwards = lines.slice(lines.indexOf("long counts 1"));
  assert.ok(afterwards.includes("short cleans up") && afterwards.includes("long cleans up"), afterwards.join("\n"));
  assert.doesNotMatch(stderr, /^ +at /m);
  assert.deepEqual({ status, signal }, { status: 130, signal: null });
});

testOnlyIn(
  ["node"],
  "npm is Node's",
  "Ctrl-C on npm start runs the finally blocks of the tour, and a shell sees status 130",
  async () => {
    const { status, signal, lines } = await interruptNpmStart(
      "dist/examples/tour.js",
      (line) => line === "long counts 1",
    );
    const afterwards = lines.slice(lines.indexOf("long counts 1"));
    assert.ok(afterwards.includes("short cleans up") && afterwards.includes("long cleans up"), afterwards.join("\n"));
    // npm passes the signal on to itself; a shell shows that as 130 too.
    assert.ok(status === 130 || signal === "SIGINT", `status ${status}, signal ${signal}`);
  },
);

test("Ctrl-C ends the tour where a program waits for a task that it expects to be cancelled", async () => {
  const { status, lines } = await interruptFile("dist/examples/tour.js", (line) => line === "round 1");
  // The next rounds may come before the signal does.
  const afterwards = lines.slice(lines.indexOf("round 1")).filter((line) => !line.startsWith("round "));
  assert.deepEqual(afterwards, ["", "The tour was interrupted."]);
  assert.equal(status, 130);
});
