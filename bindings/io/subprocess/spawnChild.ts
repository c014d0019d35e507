import type { ChildProcess, SpawnOptions, StdioOptions } from "node:child_process";
import type { Socket } from "node:net";
import { osErrorOf } from "../../errors/hostError.js";
import type { OSError } from "../../errors/osError.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine } from "../../tasks/coroutine.js";
import { tolerateErrors } from "../connect/connectSocket.js";
import { builtin } from "../host/builtin.js";
import { HostOperation } from "../host/hostOperation.js";
import { folderOf, merged, type Command } from "./command.js";
import type { ChildSetup } from "./options.js";
import type { ChildStream } from "./subprocessOptions.js";

/** A child that runs; the OSError of what the host has refused, with nothing left of the attempt. */
export const spawnChild = coroutine(function* (
  loop: EventLoop,
  command: Command,
  setup: ChildSetup,
): Steps<ChildProcess> {
  checkFolder(setup);
  const { program, args, isShell } = setup.stderr === "stdout" ? merged(command, setup) : command;
  const options: SpawnOptions = { ...setup.host, stdio: stdioOf(setup), shell: isShell };
  let child: ChildProcess;
  try {
    child = builtin("node:child_process").spawn(program, args, options);
  } catch (error) {
    throw osErrorOf(error);
  }
  // A child that runs has its number at once. Why there is none the host tells later.
  if (child.pid === undefined) yield* failedStart(loop, child);
  return child;
});

function stdioOf({ stdin, stdout, stderr }: ChildSetup): StdioOptions {
  // The shell opens what stands for "stdout" itself.
  return [wordOf(stdin), wordOf(stdout), stderr === "stdout" ? "ignore" : wordOf(stderr)];
}

function wordOf(stream: ChildStream): "pipe" | "inherit" | "ignore" | number {
  return stream === "null" ? "ignore" : stream;
}

/** Hosts report a directory that is not there as if the program was missing. */
function checkFolder(setup: ChildSetup): void {
  if (setup.host.cwd === undefined) return;
  const folder = folderOf(setup);
  const { statSync } = builtin("node:fs");
  let isDirectory: boolean;
  try {
    isDirectory = statSync(folder).isDirectory();
  } catch (error) {
    throw osErrorOf(error);
  }
  if (!isDirectory) throw notDirectory(folder);
}

function notDirectory(folder: string): OSError {
  const errno = -builtin("node:os").constants.errno.ENOTDIR;
  return osErrorOf({
    message: `ENOTDIR: not a directory, chdir '${folder}'`,
    code: "ENOTDIR",
    errno,
    syscall: "chdir",
  });
}

const failedStart = coroutine(function* (loop: EventLoop, child: ChildProcess): Steps<void> {
  const failure = new HostOperation<void>(loop);
  child.on("error", (error) => failure.fail(error));
  for (const stream of child.stdio ?? []) {
    if (stream === null || stream === undefined) continue;
    tolerateErrors(stream as Socket);
    stream.destroy();
  }
  yield* failure.future;
});
