// The same scripts on Python's asyncio and here give the same events, in the same order.
//
// What two pipes and the end of a process tell at the same moment has no order of its own, there or here. So in each script what
// happens next waits for the protocol's answer to what has happened.
import assert from "node:assert/strict";
import { test } from "node:test";
import { noPython, runPython } from "../pythonHere.js";
import { playScript, type ChildScript, type Played } from "./childScript.js";

const FOR_EVER = "exec sleep 1000";
const PIPES = { stdin: "pipe", stdout: "pipe", stderr: "inherit" } as const;
const NOTHING = { stdin: "null", stdout: "null", stderr: "null" } as const;

const SCRIPTS: Readonly<Record<string, ChildScript>> = {
  "a conversation, the end of each pipe, then a signal": {
    shell: `cat; exec >&-; ${FOR_EVER}`,
    ...PIPES,
    on: {
      made: [["state"], ["write", "hello."]],
      "data 1 hello": [["closePipe", 0]],
      "pipe 0 lost null": [["state"]],
      "pipe 1 lost null": [["terminate"]],
      exited: [["state"]],
      "lost null": [["state"]],
    },
  },
  "a program without pipes that ends by itself": {
    exec: ["sh", "-c", "exit 7"],
    ...NOTHING,
    on: { made: [["state"]], exited: [["state"]], "lost null": [["state"]] },
  },
  "signals before and after the end": {
    shell: FOR_EVER,
    ...NOTHING,
    on: {
      made: [
        ["signal", "SIGHUP"],
        ["signal", "SIGHUP"],
      ],
      exited: [["kill"], ["state"]],
      "lost null": [["kill"], ["killSoon"], ["state"]],
    },
  },
  "close() of a child that runs": {
    shell: FOR_EVER,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
    on: { made: [["close"], ["state"], ["close"]], "pipe 2 lost null": [["state"]], exited: [["state"]] },
  },
  "close() after the end": { shell: "exit 2", ...NOTHING, on: { exited: [["close"], ["state"]] } },
  "more than the child reads": {
    shell: `head -c 1 >/dev/null; exec <&-; ${FOR_EVER}`,
    stdin: "pipe",
    stdout: "null",
    stderr: "null",
    on: { made: [["fill", 3_000_000]], "pipe 0 lost BrokenPipeError": [["state"], ["write", "late"], ["kill"]] },
  },
  "much that the child reads, once the pipe from it is closed": {
    shell: "trap '' PIPE; while echo x; do sleep 0.01; done; exec cat >/dev/null",
    stdin: "pipe",
    stdout: "pipe",
    stderr: "null",
    on: { made: [["fill", 3_000_000]], "pause writing": [["closePipe", 1]], "resume writing": [["closePipeSoon", 0]] },
  },
  "a paused pipe": {
    shell: `printf one.; read line; printf two.; exec >&-; ${FOR_EVER}`,
    ...PIPES,
    on: {
      "data 1 one": [
        ["pause", 1],
        ["write", "\n"],
        ["resumeSoon", 1],
      ],
      "pipe 1 lost null": [["closePipe", 0]],
      "pipe 0 lost null": [["kill"]],
    },
  },
  "a mistake in pipe_data_received": {
    shell: `printf one.; read line; printf two.; exec >&-; ${FOR_EVER}`,
    ...PIPES,
    on: {
      "data 1 one": [["write", "\n"], ["raise"]],
      "pipe 1 lost null": [["closePipe", 0]],
      "pipe 0 lost null": [["kill"]],
    },
  },
  "mistakes in connection_made, process_exited and connection_lost": {
    shell: "exit 0",
    ...NOTHING,
    on: { made: [["raise"]], exited: [["raise"]], "lost null": [["raise"]] },
  },
  "abort() of the pipe to the child": {
    shell: `cat; exec >&-; ${FOR_EVER}`,
    ...PIPES,
    on: {
      made: [
        ["fill", 0],
        ["abortPipe", 0],
      ],
      "pipe 1 lost null": [["kill"]],
    },
  },
  "close() of the pipe from the child": {
    shell: "read line; exit 3",
    ...PIPES,
    on: { made: [["closePipe", 1]], "pipe 1 lost null": [["closePipe", 0]] },
  },
  "errors in the output's pipe": {
    shell: `printf out. ; printf err. >&2; exec >&- 2>&-; ${FOR_EVER}`,
    stdin: "null",
    stdout: "pipe",
    stderr: "stdout",
    on: { made: [["state"]], "pipe 1 lost null": [["kill"]] },
  },
  "a program's errors in its output's pipe": {
    exec: ["sh", "-c", `printf err. >&2; printf out.; exec >&- 2>&-; ${FOR_EVER}`],
    stdin: "null",
    stdout: "pipe",
    stderr: "stdout",
    on: { "pipe 1 lost null": [["kill"]] },
  },
};

test("scripts of protocol callbacks give asyncio's events", { skip: noPython }, async (t) => {
  const input = Object.values(SCRIPTS).map((script) => JSON.stringify(script));
  const lines = runPython("subprocess_scripts.py", [], input.join("\n")).trimEnd().split("\n");
  for (const [i, [title, script]] of Object.entries(SCRIPTS).entries()) {
    const expected = JSON.parse(lines[i]!) as Played;
    await t.test(title, async () => {
      assert.ok(expected.trace.includes("lost null") && !expected.trace.includes("hangs"));
      assert.deepEqual(await playScript(script), expected);
    });
  }
});
