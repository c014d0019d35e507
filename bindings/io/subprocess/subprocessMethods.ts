import { checkCallback, describe } from "../../errors/checks.js";
import { ValueError } from "../../errors/errors.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine, type Coroutine } from "../../tasks/coroutine.js";
import { waitUntilMade } from "../connect/makeTransport.js";
import type { SubprocessProtocol } from "../protocols/subprocessProtocol.js";
import { ChildTransport } from "./childTransport.js";
import type { Command } from "./command.js";
import { checkArguments, checkSetup, checkText, type ChildSetup } from "./options.js";
import { requireProcesses } from "./requireProcesses.js";
import { spawnChild } from "./spawnChild.js";
import type { SubprocessOptions } from "./subprocessOptions.js";

/** What a child is told through, and to whom. */
export type Started<P> = [transport: ChildTransport, protocol: P];

/** Starts `program`; its streams are pipes unless `options` says otherwise. */
export function subprocessExec<P extends SubprocessProtocol>(
  this: EventLoop,
  protocolFactory: () => P,
  program: string,
  args: readonly string[] = [],
  options: SubprocessOptions = {},
): Coroutine<Started<P>> {
  requireProcesses();
  checkCallback(protocolFactory, "subprocessExec");
  if (typeof program !== "string") {
    throw new TypeError(`subprocessExec expects the program as a string, got ${describe(program)}`);
  }
  if (program === "") throw new ValueError("subprocessExec expects a program's name or path, got an empty string");
  const command = {
    program: checkText(program, "the program"),
    args: checkArguments(args, "subprocessExec"),
    isShell: false,
  };
  return start(this, protocolFactory, command, checkSetup(options, "pipe", "subprocessExec"));
}

/** Starts the system's shell on `command`; its streams are pipes unless `options` says otherwise. */
export function subprocessShell<P extends SubprocessProtocol>(
  this: EventLoop,
  protocolFactory: () => P,
  command: string,
  options: SubprocessOptions = {},
): Coroutine<Started<P>> {
  requireProcesses();
  checkCallback(protocolFactory, "subprocessShell");
  const program = checkText(command, "the command for the shell");
  const setup = checkSetup(options, "pipe", "subprocessShell");
  return start(this, protocolFactory, { program, args: [], isShell: true }, setup);
}

const start = coroutine(function* <P extends SubprocessProtocol>(
  loop: EventLoop,
  protocolFactory: () => P,
  command: Command,
  setup: ChildSetup,
): Steps<Started<P>> {
  loop._checkClosed();
  const protocol = protocolFactory();
  const transport = new ChildTransport(loop, yield* spawnChild(loop, command, setup), protocol);
  const waiter = loop.createFuture<void>();
  transport._begin(waiter);
  try {
    return [yield* waitUntilMade(transport, waiter), protocol];
  } catch (error) {
    yield* transport._wait();
    throw error;
  }
});
