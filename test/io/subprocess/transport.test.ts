// Child processes by transport and protocol.
import assert from "node:assert/strict";
import { test } from "node:test";
import { OSError, ProcessLookupError, sleep } from "../../../bindings/index.js";
import { ReadTransport, SubprocessProtocol, WriteTransport } from "../../../bindings/io.js";
import { bytes, withIo } from "../../support/ioStage.js";
import { failureOf } from "../../support/failureOf.js";
import { ChildRecorder } from "./recorder.js";
import { isAlive } from "./isAlive.js";

/** Ends only by a signal. */
const FOR_EVER = "exec sleep 1000";

test("connection_made comes first, data and ends of pipes in between, process_exited, and connection_lost(None) last", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    const [transport, protocol] = yield* stage.loop.subprocessShell(() => child, `cat; exec >&-; ${FOR_EVER}`, {
      stderr: "inherit",
    });
    assert.equal(protocol, child);
    assert.equal(child.transport, transport);
    child.stdin.write(bytes("hello"));
    assert.equal(yield* child.until(1, 5), "hello");
    child.onEvent = (event) => event === "pipe 1 lost null" && transport.terminate();
    child.stdin.close();
    assert.equal(yield* child.lost, null);
    stage.trace.assertIs(["made", "data 1", "pipe 0 lost null", "pipe 1 lost null", "exited -15", "lost null"]);
  }));

test("subprocessExec passes arguments as they are, without a shell", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    yield* stage.loop.subprocessExec(() => child, "printf", ["%s|%s", "$HOME", "a b;"], { stdin: "null" });
    yield* child.lost;
    assert.equal(child.received.get(1), "$HOME|a b;");
  }));

test("streams are pipes by default, and getPipeTransport gives their transports", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    const [transport] = yield* stage.loop.subprocessExec(() => child, "cat");
    assert.ok(transport.getPipeTransport(0) instanceof WriteTransport);
    assert.ok(transport.getPipeTransport(1) instanceof ReadTransport);
    assert.ok(transport.getPipeTransport(2) instanceof ReadTransport);
    assert.equal(transport.getPipeTransport(3), null);
    child.stdin.close();
    yield* child.lost;
  }));

test("a stream that is no pipe has no transport, and connection_lost waits for the process alone", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    const options = { stdin: "null", stdout: "null", stderr: "inherit" } as const;
    const [transport] = yield* stage.loop.subprocessShell(() => child, "exit 7", options);
    for (const fd of [0, 1, 2]) assert.equal(transport.getPipeTransport(fd), null);
    yield* child.lost;
    stage.trace.assertIs(["made", "exited 7", "lost null"]);
  }));

test("the process number, the host's object, the returncode while it runs and after it has ended", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    const [transport] = yield* stage.loop.subprocessExec(() => child, "cat");
    const pid = transport.getPid();
    assert.ok(isAlive(pid));
    assert.equal((transport.getExtraInfo("subprocess") as { pid: number }).pid, pid);
    assert.equal(transport.getReturncode(), null);
    assert.equal(transport.getProtocol(), child);
    assert.equal(String(transport), `<ChildTransport pid=${pid} running>`);
    child.stdin.close();
    yield* child.lost;
    assert.equal(transport.getReturncode(), 0);
    assert.equal(transport.getPid(), pid);
    assert.equal(transport.getProtocol(), null);
    assert.equal(String(transport), `<ChildTransport pid=${pid} returncode=0>`);
  }));

for (const [send, expected] of [
  ["SIGHUP", -1],
  [10, -10],
  ["SIGKILL", -9],
] as const) {
  test(`sendSignal(${send}): the returncode is the signal's negative number`, () =>
    withIo(function* (stage) {
      const child = new ChildRecorder(stage);
      const [transport] = yield* stage.loop.subprocessShell(() => child, FOR_EVER);
      transport.sendSignal(send);
      yield* child.lost;
      assert.equal(transport.getReturncode(), expected);
    }));
}

test("a child may handle a signal and go on", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    const program = "trap 'echo got it; exit 5' USR1; echo ready; while :; do sleep 0.01; done";
    const [transport] = yield* stage.loop.subprocessShell(() => child, program);
    yield* child.until(1, 6);
    transport.sendSignal("SIGUSR1");
    yield* child.lost;
    assert.equal(child.received.get(1), "ready\ngot it\n");
    assert.equal(transport.getReturncode(), 5);
  }));

test("signal 0 only asks; what is no signal is a TypeError or a ValueError", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    const [transport] = yield* stage.loop.subprocessExec(() => child, "cat");
    transport.sendSignal(0);
    assert.throws(() => transport.sendSignal("SIGNONE"), {
      name: "ValueError",
      message: /"SIGNONE".*such as "SIGTERM"/,
    });
    assert.throws(() => transport.sendSignal(12345), { name: "ValueError", message: /12345/ });
    assert.throws(() => transport.sendSignal(1.5), { name: "TypeError", message: /got 1\.5/ });
    assert.equal(transport.getReturncode(), null);
    child.stdin.close();
    yield* child.lost;
    assert.equal(transport.getReturncode(), 0);
  }));

test("a signal to a child that has just ended is no error, after connection_lost it is ProcessLookupError", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    const [transport] = yield* stage.loop.subprocessShell(() => child, "exit 0");
    child.onEvent = (event) => event === "exited 0" && transport.kill();
    yield* child.lost;
    yield* sleep(0);
    for (const method of ["kill", "terminate"] as const) {
      assert.throws(
        () => transport[method](),
        (error) => error instanceof ProcessLookupError && error.code === "ESRCH" && /returncode=0/.test(error.message),
      );
    }
  }));

test("close() closes the pipes in their order and kills a child that runs; twice is no error", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    const [transport] = yield* stage.loop.subprocessShell(() => child, FOR_EVER);
    assert.equal(transport.isClosing(), false);
    transport.close();
    transport.close();
    assert.equal(transport.isClosing(), true);
    yield* child.lost;
    const pipes = ["pipe 0 lost null", "pipe 1 lost null", "pipe 2 lost null"];
    stage.trace.assertIs(["made", ...pipes, "exited -9", "lost null"]);
  }));

test("in debug mode close() of a child that runs is logged", async () => {
  const logged: string[] = [];
  await withIo(function* (stage) {
    stage.loop.setDebug(true);
    stage.loop._host.logError = (text) => logged.push(text);
    const child = new ChildRecorder(stage);
    const [transport] = yield* stage.loop.subprocessShell(() => child, FOR_EVER);
    transport.close();
    yield* child.lost;
  });
  assert.match(logged.join("\n"), /Close running child process: kill <ChildTransport closed pid=\d+ running>/);
});

test("what a child's child still writes is received after process_exited, and before connection_lost", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    const program = "{ read line; echo late; } <&3 & exit 0";
    yield* stage.loop.subprocessShell(() => child, `exec 3<&0; ${program}`, { stderr: "inherit" });
    child.onEvent = (event) => {
      if (event !== "exited 0") return;
      // Whoever still reads there is not this program's child: the host may have closed the pipe to it.
      if (!child.stdin.isClosing()) child.stdin.close();
    };
    yield* child.lost;
    assert.equal(child.received.get(1), "late\n");
    const events = stage.trace.events.filter((event) => !event.startsWith("pipe 0"));
    assert.deepEqual(events, ["made", "exited 0", "data 1", "pipe 1 lost null", "lost null"]);
  }));

test("what a protocol's method throws is reported, and costs that call alone", () =>
  withIo(function* (stage) {
    class Broken extends ChildRecorder {
      override pipeDataReceived(): never {
        throw new RangeError("my mistake");
      }
    }
    const child = new Broken(stage);
    yield* stage.loop.subprocessShell(() => child, `printf x; exec >&-; read line`, { stderr: "inherit" });
    child.onEvent = (event) => event === "pipe 1 lost null" && child.stdin.close();
    yield* child.lost;
    const [report, ...more] = stage.takeReports();
    assert.equal(String(report!.exception), "RangeError: my mistake");
    assert.deepEqual(more, []);
    stage.trace.assertIs(["made", "pipe 1 lost null", "pipe 0 lost null", "exited 1", "lost null"]);
  }));

test("setProtocol: from then on the other one is told", () =>
  withIo(function* (stage) {
    const first = new SubprocessProtocol();
    const child = new ChildRecorder(stage);
    const [transport] = yield* stage.loop.subprocessExec(() => first, "cat");
    child.transport = transport;
    transport.setProtocol(child);
    child.stdin.close();
    yield* child.lost;
    assert.deepEqual(
      stage.trace.events.filter((event) => /^(made|exited|lost)/.test(event)),
      ["exited 0", "lost null"],
    );
  }));

test("a factory that fails starts nothing", () =>
  withIo(function* (stage) {
    const mistake = new RangeError("no protocol");
    const failure = yield* failureOf(
      stage.loop.subprocessExec(() => {
        throw mistake;
      }, "cat"),
    );
    assert.equal(failure, mistake);
  }));

test("a signal that the system refuses is an OSError with its code", () =>
  withIo(function* (stage) {
    const child = new ChildRecorder(stage);
    const [transport] = yield* stage.loop.subprocessExec(() => child, "cat");
    const { kill } = process;
    // As the system answers for a process that runs as another user by now.
    process.kill = () => {
      throw Object.assign(new Error("kill EPERM"), { code: "EPERM", syscall: "kill" });
    };
    try {
      assert.throws(
        () => transport.terminate(),
        (error) => error instanceof OSError && error.name === "PermissionError" && error.code === "EPERM",
      );
      transport.close();
    } finally {
      process.kill = kill;
    }
    yield* child.lost;
    assert.equal(transport.getReturncode(), 0);
  }));
