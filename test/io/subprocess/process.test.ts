// Child processes by streams.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, gather, isCancelled, ProcessLookupError, sleep, type Steps } from "../../../bindings/index.js";
import { createSubprocessExec, createSubprocessShell, Process } from "../../../bindings/io.js";
import { bytes, text, withIo } from "../../support/ioStage.js";
import { failureOf } from "../../support/failureOf.js";
import { runProgram } from "../../support/child.js";

const ALL = { stdin: "pipe", stdout: "pipe", stderr: "pipe" } as const;
const FOR_EVER = "exec sleep 1000";

test("communicate writes the input, closes it, and gives both outputs to their ends", () =>
  withIo(function* () {
    const child = yield* createSubprocessShell("cat; echo problem >&2; exit 3", ALL);
    assert.ok(child instanceof Process);
    assert.equal(child.returncode, null);
    const [stdout, stderr] = yield* child.communicate(bytes("hello"));
    assert.ok(stdout?.constructor === Uint8Array);
    assert.equal(text(stdout), "hello");
    assert.equal(text(stderr!), "problem\n");
    assert.equal(child.returncode, 3);
    assert.equal(String(child), `<Process ${child.pid}>`);
  }));

test("communicate without input closes the child's standard input", () =>
  withIo(function* () {
    const child = yield* createSubprocessExec("cat", [], ALL);
    const [stdout, stderr] = yield* child.communicate();
    assert.deepEqual([stdout!.length, stderr!.length], [0, 0]);
  }));

test("streams are inherited by default: there is nothing to read or write", () =>
  withIo(function* () {
    const child = yield* createSubprocessExec("true");
    assert.deepEqual([child.stdin, child.stdout, child.stderr], [null, null, null]);
    assert.deepEqual(yield* child.communicate(), [null, null]);
    assert.equal(child.returncode, 0);
  }));

test("inherited streams are those of this program", async () => {
  const { status, stdout, stderr } = await runProgram(`
    import { run } from "wasyncio";
    import { createSubprocessShell } from "wasyncio/io";
    await run(function* () {
      const child = yield* createSubprocessShell("echo out; echo err >&2", { stdin: "inherit" });
      yield* child.wait();
    });
  `);
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "out\n", stderr: "err\n" });
});

test("a conversation by lines, through stdin and stdout", () =>
  withIo(function* () {
    const child = yield* createSubprocessShell('while read line; do echo "you said $line"; done', ALL);
    for (const word of ["one", "two"]) {
      child.stdin!.write(bytes(`${word}\n`));
      yield* child.stdin!.drain();
      assert.equal(text(yield* child.stdout!.readline()), `you said ${word}\n`);
    }
    child.stdin!.close();
    yield* child.stdin!.waitClosed();
    assert.equal((yield* child.stdout!.read()).length, 0);
    assert.equal(yield* child.wait(), 0);
  }));

test("writeEof is close: the child sees the end of its input", () =>
  withIo(function* () {
    const child = yield* createSubprocessExec("cat", [], { stdin: "pipe", stdout: "pipe" });
    child.stdin!.write(bytes("x"));
    child.stdin!.writeEof();
    assert.equal(text(yield* child.stdout!.read()), "x");
    yield* child.wait();
  }));

test("50 MB go through a child and back, while neither side has to hold them", () =>
  withIo(function* () {
    const child = yield* createSubprocessExec("cat", [], { stdin: "pipe", stdout: "pipe" });
    const piece = new Uint8Array(500_000).fill(7);
    let most = 0;
    const writing = createTask(function* () {
      for (let i = 0; i < 100; i++) {
        child.stdin!.write(piece);
        most = Math.max(most, child.stdin!.transport.getWriteBufferSize());
        yield* child.stdin!.drain();
      }
      child.stdin!.close();
    });
    let count = 0;
    for (;;) {
      const data = yield* child.stdout!.read(1_000_000);
      if (data.length === 0) break;
      assert.ok(data[0] === 7 && data.at(-1) === 7);
      count += data.length;
    }
    yield* writing;
    assert.equal(count, 50_000_000);
    assert.ok(most <= 600_000, `${most} bytes waited to be written`);
    assert.equal(yield* child.wait(), 0);
  }));

test("a child that writes 50 MB to a reader that does not read is held back until it reads", () =>
  withIo(function* () {
    const limit = 10_000;
    const child = yield* createSubprocessShell("head -c 50000000 /dev/zero", { stdout: "pipe", limit });
    yield* sleep(200);
    assert.equal(child.returncode, null);
    const first = yield* child.stdout!.read(10_000_000);
    assert.ok(first.length < 2_000_000, `the reader has buffered ${first.length} bytes`);
    const [rest] = yield* child.communicate();
    assert.equal(first.length + rest!.length, 50_000_000);
    assert.equal(child.returncode, 0);
  }));

test("communicate passes over a child that does not read its input", () =>
  withIo(function* () {
    for (const command of ["exit 4", "exec <&-; echo done; exit 4"]) {
      const child = yield* createSubprocessShell(command, { stdin: "pipe", stdout: "pipe" });
      yield* child.communicate(new Uint8Array(3_000_000));
      assert.equal(child.returncode, 4);
    }
  }));

test("drain throws what the pipe to a child was lost by, waitClosed as well", () =>
  withIo(function* () {
    const child = yield* createSubprocessShell(`head -c 1; exec <&-; ${FOR_EVER}`, { stdin: "pipe", stdout: "null" });
    child.stdin!.write(new Uint8Array(3_000_000));
    assert.equal((yield* failureOf(child.stdin!.drain()) as Steps<Error>).name, "BrokenPipeError");
    assert.equal((yield* failureOf(child.stdin!.waitClosed()) as Steps<Error>).name, "BrokenPipeError");
    child.kill();
    assert.equal(yield* child.wait(), -9);
  }));

test("a string as input is a TypeError that names TextEncoder, at the call; the child waits on", () =>
  withIo(function* () {
    const child = yield* createSubprocessExec("cat", [], { stdin: "pipe", stdout: "pipe" });
    assert.throws(() => child.communicate("text" as never), { name: "TypeError", message: /TextEncoder/ });
    assert.equal(text((yield* child.communicate(bytes("bytes")))[0]!), "bytes");
  }));

test("input without a pipe for it is a RuntimeError at the call; nothing is lost", () =>
  withIo(function* () {
    const child = yield* createSubprocessShell("echo fine", { stdin: "null", stdout: "pipe" });
    assert.throws(() => child.communicate(bytes("x")), { name: "RuntimeError", message: /stdin: "pipe"/ });
    assert.equal(text((yield* child.communicate())[0]!), "fine\n");
  }));

test("wait gives the returncode to all who wait, and at once afterwards", () =>
  withIo(function* () {
    const child = yield* createSubprocessExec("cat", [], { stdin: "pipe" });
    const waits = [createTask(child.wait()), createTask(child.wait())];
    yield* sleep(0);
    child.stdin!.close();
    assert.deepEqual(yield* gather(waits), [0, 0]);
    assert.equal(yield* child.wait(), 0);
  }));

test("terminate, kill, sendSignal: the returncode is negative", () =>
  withIo(function* () {
    const signals = [
      [(child: Process) => child.terminate(), -15],
      [(child: Process) => child.kill(), -9],
      [(child: Process) => child.sendSignal("SIGINT"), -2],
    ] as const;
    for (const [send, expected] of signals) {
      const child = yield* createSubprocessExec("sleep", ["1000"]);
      send(child);
      assert.equal(yield* child.wait(), expected);
      assert.throws(() => send(child), ProcessLookupError);
    }
  }));

test("wait that is cancelled leaves the child running, and can be called again", () =>
  withIo(function* () {
    const child = yield* createSubprocessExec("cat", [], { stdin: "pipe", stdout: "pipe" });
    const waiting = createTask(child.wait());
    yield* sleep(0);
    waiting.cancel();
    assert.ok(isCancelled(yield* failureOf(waiting)));
    assert.equal(child.returncode, null);
    child.stdin!.write(bytes("still there\n"));
    assert.equal(text(yield* child.stdout!.readline()), "still there\n");
    child.stdin!.close();
    assert.equal(yield* child.wait(), 0);
  }));

test("communicate that is cancelled leaves the child running; its streams can be used", () =>
  withIo(function* () {
    const child = yield* createSubprocessShell("read line; echo $line; read line; exit 6", ALL);
    const talking = createTask(child.communicate());
    // Before it closes the child's input, which it does in its tasks.
    yield* sleep(0);
    talking.cancel();
    assert.ok(isCancelled(yield* failureOf(talking)));
    assert.equal(child.returncode, null);
    child.stdin!.write(bytes("still there\n"));
    assert.equal(text(yield* child.stdout!.readline()), "still there\n");
    child.terminate();
    assert.equal(yield* child.wait(), -15);
  }));

test("communicate that is cancelled while it waits for outputs: the child runs on and is waited for", () =>
  withIo(function* () {
    const child = yield* createSubprocessShell(`cat >&2; ${FOR_EVER}`, {
      stdin: "pipe",
      stdout: "pipe",
      stderr: "null",
    });
    const talking = createTask(child.communicate(bytes("x")));
    yield* child.stdin!.waitClosed();
    talking.cancel();
    assert.ok(isCancelled(yield* failureOf(talking)));
    assert.equal(child.returncode, null);
    child.kill();
    assert.deepEqual(yield* child.communicate(), [new Uint8Array(), null]);
    assert.equal(child.returncode, -9);
  }));

test("a start that is cancelled at any of its awaits leaves no child", () =>
  withIo(function* (stage) {
    for (let passes = 0; ; passes++) {
      const starting = createTask(createSubprocessExec("sleep", ["1000"], ALL));
      for (let i = 0; i < passes && !starting.done(); i++) yield;
      if (starting.done()) {
        const child = starting.result();
        child.kill();
        yield* child.wait();
        assert.ok(passes > 1, "there was nothing to cancel");
        break;
      }
      starting.cancel();
      assert.ok(isCancelled(yield* failureOf(starting)));
      yield* stage.assertAllClosed();
    }
  }));

test("async functions wait for children as well", () =>
  withIo(function* () {
    const task = createTask(async () => {
      const child = await createSubprocessShell("cat", { stdin: "pipe", stdout: "pipe" });
      const [stdout] = await child.communicate(bytes("native"));
      return text(stdout!);
    });
    assert.equal(yield* task, "native");
  }));

test("a child that runs keeps the process alive until it has ended", async () => {
  const { status, stdout } = await runProgram(`
    import { run } from "wasyncio";
    import { createSubprocessShell } from "wasyncio/io";
    run(function* () {
      const child = yield* createSubprocessShell("sleep 0.2; exit 9");
      console.log(yield* child.wait());
    });
  `);
  assert.deepEqual({ status, stdout }, { status: 0, stdout: "9\n" });
});

test("a program that has ended leaves no child that keeps it alive", async () => {
  const { status, stdout } = await runProgram(`
    import { run } from "wasyncio";
    import { createSubprocessExec } from "wasyncio/io";
    const start = performance.now();
    await run(function* () { yield* createSubprocessExec("sleep", ["15"], { stdin: "pipe" }); });
    process.on("exit", () => console.log(performance.now() - start < 10_000 ? "at once" : "late"));
  `);
  assert.deepEqual({ status, stdout }, { status: 0, stdout: "at once\n" });
});
