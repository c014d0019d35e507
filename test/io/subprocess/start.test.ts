// What a child is started with, and what can not be started.
import assert from "node:assert/strict";
import { closeSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { createTask, isCancelled, OSError, sleep, type Steps } from "../../../bindings/index.js";
import {
  createSubprocessExec,
  createSubprocessShell,
  SubprocessProtocol,
  type SubprocessOptions,
} from "../../../bindings/io.js";
import { text, withIo, type IoStage } from "../../support/ioStage.js";
import { failureOf } from "../../support/failureOf.js";

async function withFolder(body: (stage: IoStage, folder: string) => Steps<void>): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "wasyncio-")));
  try {
    await withIo((stage) => body(stage, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function* outputOf(command: string, options: SubprocessOptions = {}): Steps<string> {
  const child = yield* createSubprocessShell(command, { stdout: "pipe", ...options });
  const [stdout] = yield* child.communicate();
  return text(stdout!);
}

test("cwd is a path or a file: URL", () =>
  withFolder(function* (_stage, folder) {
    assert.equal(yield* outputOf("pwd -P", { cwd: folder }), `${folder}\n`);
    assert.equal(yield* outputOf("pwd -P", { cwd: pathToFileURL(folder) }), `${folder}\n`);
    assert.equal(yield* outputOf("pwd -P"), `${realpathSync(process.cwd())}\n`);
  }));

test("env is the whole environment, without those that are undefined", () =>
  withIo(function* () {
    const env = { PATH: process.env["PATH"], GIVEN: "a b", LEFT_OUT: undefined };
    const command = 'echo "$GIVEN|${LEFT_OUT-none}|${HOME-none}"';
    assert.equal(yield* outputOf(command, { env }), "a b|none|none\n");
    process.env["WASYNCIO_TEST"] = "inherited";
    try {
      assert.equal(yield* outputOf("echo $WASYNCIO_TEST"), "inherited\n");
    } finally {
      delete process.env["WASYNCIO_TEST"];
    }
  }));

test('a stream that is "null" is empty, or goes nowhere', () =>
  withIo(function* () {
    assert.equal(yield* outputOf("cat; echo lost >&2; echo end", { stdin: "null", stderr: "null" }), "end\n");
  }));

test("a stream may be an open file, by its descriptor", () =>
  withFolder(function* (_stage, folder) {
    const path = join(folder, "file");
    writeFileSync(path, "from a file");
    const source = openSync(path, "r");
    const target = openSync(join(folder, "target"), "w");
    const child = yield* createSubprocessShell("cat; echo errors >&2", {
      stdin: source,
      stdout: target,
      stderr: target,
    });
    assert.equal(yield* child.wait(), 0);
    closeSync(source);
    closeSync(target);
    assert.equal(readFileSync(join(folder, "target"), "utf8"), "from a fileerrors\n");
  }));

test('stderr: "stdout" sends errors where the output goes: a file, or nowhere', () =>
  withFolder(function* (_stage, folder) {
    const target = openSync(join(folder, "target"), "w");
    const program = "echo out; echo err >&2";
    const child = yield* createSubprocessShell(program, { stdout: target, stderr: "stdout" });
    assert.equal(yield* child.wait(), 0);
    closeSync(target);
    assert.equal(readFileSync(join(folder, "target"), "utf8"), "out\nerr\n");
    const silent = yield* createSubprocessShell(program, { stdout: "null", stderr: "stdout" });
    assert.equal(yield* silent.wait(), 0);
  }));

const BOTH = { stdout: "pipe", stderr: "stdout" } as const;

test('stderr: "stdout" merges both into one pipe, in the order in which they were written', () =>
  withIo(function* () {
    const program = "for i in 1 2 3; do echo out $i; echo err $i >&2; done";
    const expected = "out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n";
    for (const child of [
      yield* createSubprocessShell(program, BOTH),
      yield* createSubprocessExec("sh", ["-c", program], BOTH),
    ]) {
      assert.equal(child.stderr, null);
      const [stdout, stderr] = yield* child.communicate();
      assert.equal(text(stdout!), expected);
      assert.equal(stderr, null);
    }
  }));

test("a program with merged outputs is the child itself, with its arguments and the environment as they were given", () =>
  withIo(function* () {
    const child = yield* createSubprocessExec("sh", ["-c", 'echo $$ "$@"', "sh", "a  b", "$x", "'"], BOTH);
    const [stdout] = yield* child.communicate();
    assert.equal(text(stdout!), `${child.pid} a  b $x '\n`);
    const env = { PATH: process.env["PATH"], ONLY: "this" };
    const printer = yield* createSubprocessExec("env", [], { ...BOTH, env });
    const [printed] = yield* printer.communicate();
    assert.deepEqual(text(printed!).trimEnd().split("\n").sort(), ["ONLY=this", `PATH=${env.PATH}`]);
  }));

test("a mistake in a shell's command is told in the merged pipe too", () =>
  withIo(function* () {
    const child = yield* createSubprocessShell("echo first\n(", BOTH);
    const [stdout] = yield* child.communicate();
    assert.match(text(stdout!), /^first\n.*[sS]yntax error/);
    assert.notEqual(child.returncode, 0);
  }));

test("a relative program is found from cwd, and PATH in env", () =>
  withFolder(function* (_stage, folder) {
    writeFileSync(join(folder, "tool"), "#!/bin/sh\necho the tool\n", { mode: 0o755 });
    for (const more of [{}, { stderr: "stdout" } as const]) {
      const here = yield* createSubprocessExec("./tool", [], { stdout: "pipe", cwd: folder, ...more });
      assert.equal(text((yield* here.communicate())[0]!), "the tool\n");
      const env = { PATH: `/nowhere:${folder}:${process.env["PATH"]}` };
      const found = yield* createSubprocessExec("tool", [], { stdout: "pipe", env, ...more });
      assert.equal(text((yield* found.communicate())[0]!), "the tool\n");
    }
  }));

const REFUSED: readonly [what: string, name: string, code: string, program: string, options?: SubprocessOptions][] = [
  ["a path without a program", "FileNotFoundError", "ENOENT", "/nowhere/at/all"],
  ["a name that is not in PATH", "FileNotFoundError", "ENOENT", "no-such-program-anywhere"],
  ["a file that is no program", "PermissionError", "EACCES", "/etc/passwd"],
  ["a directory", "PermissionError", "EACCES", "/etc"],
  ["a cwd that is not there", "FileNotFoundError", "ENOENT", "cat", { cwd: "/nowhere/at/all" }],
  ["a cwd that is no directory", "NotADirectoryError", "ENOTDIR", "cat", { cwd: "/etc/passwd" }],
  ["a descriptor that is not open", "OSError", "EBADF", "cat", { stdin: 12_345 }],
];

for (const [what, name, code, program, options] of REFUSED) {
  test(`${what} is ${name} with the host's code, and the next child starts`, () =>
    withIo(function* (stage) {
      for (const streams of [{}, { stdin: "pipe", stdout: "pipe", stderr: "pipe" }, BOTH] as const) {
        const failure = yield* failureOf(createSubprocessExec(program, [], { ...streams, ...options }));
        assert.ok(failure instanceof OSError, String(failure));
        assert.equal(failure.name, name);
        assert.equal(failure.code, code);
      }
      const failure = yield* failureOf(stage.loop.subprocessExec(() => new SubprocessProtocol(), program, [], options));
      assert.equal((failure as OSError).code, code);
      assert.equal(yield* (yield* createSubprocessExec("true")).wait(), 0);
    }));
}

test("an error about cwd names it", () =>
  withIo(function* () {
    const failure = yield* failureOf(createSubprocessExec("cat", [], { cwd: "/nowhere/at/all" }));
    assert.match(String(failure), /'\/nowhere\/at\/all'/);
  }));

test("cancelled while the host's refusal is awaited: CancelledError", () =>
  withIo(function* () {
    const starting = createTask(createSubprocessExec("/nowhere/at/all"));
    yield* sleep(0);
    starting.cancel();
    assert.ok(isCancelled(yield* failureOf(starting)));
  }));

const MISUSES: readonly [title: string, call: (stage: IoStage) => unknown, name: string, message: RegExp][] = [
  [
    "a program that is no string",
    () => createSubprocessExec(1 as never),
    "TypeError",
    /program must be a string, got 1/,
  ],
  ["an empty program", ({ loop }) => loop.subprocessExec(() => new SubprocessProtocol(), ""), "ValueError", /empty/],
  ["arguments that are no array", () => createSubprocessExec("cat", "x" as never), "TypeError", /array of strings/],
  [
    "options in the place of arguments",
    () => createSubprocessExec("cat", {} as never),
    "TypeError",
    /array of strings/,
  ],
  [
    "an argument that is no string",
    () => createSubprocessExec("cat", ["a", 2 as never]),
    "TypeError",
    /argument 1 .* 2/,
  ],
  ["a NUL in an argument", () => createSubprocessExec("cat", ["a\0b"]), "ValueError", /embedded null/],
  ["a NUL in a command", () => createSubprocessShell("a\0b"), "ValueError", /embedded null/],
  ["a command that is no string", () => createSubprocessShell(["ls"] as never), "TypeError", /must be a string/],
  ["options that are no object", () => createSubprocessShell("ls", "pipe" as never), "TypeError", /object of options/],
  [
    "a stream of no kind",
    () => createSubprocessShell("ls", { stdin: "file" as never }),
    "TypeError",
    /"pipe", "inherit"/,
  ],
  ["null as a stream", () => createSubprocessShell("ls", { stdout: null as never }), "TypeError", /"null".*got null/],
  [
    '"stdout" for stdout',
    () => createSubprocessShell("ls", { stdout: "stdout" as never }),
    "TypeError",
    /got "stdout"/,
  ],
  ["a negative descriptor", () => createSubprocessShell("ls", { stderr: -1 }), "ValueError", />= 0, got -1/],
  ["half a descriptor", () => createSubprocessShell("ls", { stderr: 1.5 }), "TypeError", /got 1\.5/],
  ["a cwd that is no path", () => createSubprocessShell("ls", { cwd: 1 as never }), "TypeError", /cwd expects/],
  ["an env that is no object", () => createSubprocessShell("ls", { env: "A=1" as never }), "TypeError", /env expects/],
  [
    "a value in env that is no string",
    () => createSubprocessShell("ls", { env: { A: 1 as never } }),
    "TypeError",
    /env\.A/,
  ],
  ["a NUL in env", () => createSubprocessShell("ls", { env: { A: "\0" } }), "ValueError", /env\.A.*null/],
  ["a limit of 0", () => createSubprocessShell("ls", { limit: 0 }), "ValueError", /[Ll]imit/],
  ["a factory that is no function", ({ loop }) => loop.subprocessShell({} as never, "ls"), "TypeError", /function/],
];

for (const [title, call, name, message] of MISUSES) {
  test(`${title} is a ${name} at the call`, () =>
    withIo(function* (stage) {
      assert.throws(() => call(stage), { name, message });
    }));
}
