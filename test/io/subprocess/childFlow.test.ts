// Flow control between a program and its children.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sleep } from "../../../bindings/index.js";
import type { ReadTransport } from "../../../bindings/io.js";
import { withIo } from "../../support/ioStage.js";
import { ChildRecorder } from "./recorder.js";

/** Ends only by a signal. */
const FOR_EVER = "exec sleep 1000";

test("pause_reading holds back the child: it cannot write more than the buffers in between take", () =>
  withIo(function* (stage) {
    const size = 50_000_000;
    let count = 0;
    class Counter extends ChildRecorder {
      override pipeDataReceived(_fd: number, data: Uint8Array): void {
        count += data.length;
      }
    }
    const child = new Counter(stage);
    const program = `head -c ${size} /dev/zero; echo done >&2`;
    const [transport] = yield* stage.loop.subprocessShell(() => child, program, { stderr: "null" });
    const pipe = transport.getPipeTransport(1) as ReadTransport;
    pipe.pauseReading();
    yield* sleep(0);
    const before = count;
    yield* sleep(200);
    assert.equal(count, before);
    assert.ok(count < 1_000_000, `${count} bytes came before the pause`);
    assert.equal(transport.getReturncode(), null);
    pipe.resumeReading();
    yield* child.lost;
    assert.equal(count, size);
    assert.equal(transport.getReturncode(), 0);
  }));

test("what a child has written before it ended, to a paused pipe, comes after resume_reading", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    const [transport] = yield* stage.loop.subprocessShell(() => child, "printf hello", { stderr: "inherit" });
    const pipe = transport.getPipeTransport(1) as ReadTransport;
    pipe.pauseReading();
    yield* sleep(100);
    assert.equal(child.received.get(1), undefined);
    pipe.resumeReading();
    yield* child.lost;
    assert.equal(child.received.get(1), "hello");
  }));

test("writing more than a child reads pauses the protocol, and resumes it when the child reads", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    // Reads once nobody reads what it writes.
    const program = "trap '' PIPE; while echo x; do sleep 0.01; done; exec cat >/dev/null";
    const [transport] = yield* stage.loop.subprocessShell(() => child, program, { stderr: "null" });
    child.stdin.write(new Uint8Array(3_000_000));
    assert.ok(child.stdin.getWriteBufferSize() > 65_536);
    stage.trace.assertIs(["made", "pause writing"]);
    child.onEvent = (event) => event === "resume writing" && child.stdin.close();
    transport.getPipeTransport(1)!.close();
    yield* child.lost;
    const events = stage.trace.events.filter((event) => event !== "data 1");
    const end = ["resume writing", "pipe 0 lost null", "exited 0", "lost null"];
    assert.deepEqual(events, ["made", "pause writing", "pipe 1 lost null", ...end]);
  }));

test("a child that does not read what is written: its pipe is lost by BrokenPipeError", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    const options = { stdout: "null", stderr: "inherit" } as const;
    const [transport] = yield* stage.loop.subprocessShell(() => child, `head -c 1; exec <&-; ${FOR_EVER}`, options);
    child.onEvent = (event) => event.startsWith("pipe 0") && transport.kill();
    child.stdin.write(new Uint8Array(1_000_000));
    yield* child.lost;
    stage.trace.assertIs(["made", "pause writing", "pipe 0 lost BrokenPipeError", "exited -9", "lost null"]);
  }));
