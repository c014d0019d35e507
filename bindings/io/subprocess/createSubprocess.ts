import type { EventLoop } from "../../loop/eventLoop.js";
import { getRunningLoop } from "../../loop/running.js";
import type { Steps } from "../../tasks/awaitable.js";
import { coroutine, type Coroutine } from "../../tasks/coroutine.js";
import { checkLimit, DEFAULT_LIMIT } from "../streams/reader.js";
import { checkArguments, checkSetup, checkText } from "./options.js";
import { Process } from "./process.js";
import { requireProcesses } from "./requireProcesses.js";
import { SubprocessStreamProtocol } from "./streamProtocol.js";
import type { Started } from "./subprocessMethods.js";
import type { SubprocessOptions } from "./subprocessOptions.js";

export interface CreateSubprocessOptions extends SubprocessOptions {
  /** The limit of both readers in bytes, see StreamReader. Default 65,536. */
  limit?: number;
}

/**
 * Starts a program, without a shell: `program` is searched for in PATH unless it has a slash. Each of its streams is this
 * program's own unless `options` names another. FileNotFoundError, PermissionError and the like when it cannot be started.
 */
export function createSubprocessExec(
  program: string,
  args: readonly string[] = [],
  options: CreateSubprocessOptions = {},
): Coroutine<Process> {
  requireProcesses();
  checkText(program, "the program");
  checkArguments(args, "createSubprocessExec");
  const { limit, rest } = checkOptions(options, "createSubprocessExec");
  return create((loop, factory) => loop.subprocessExec(factory, program, args, rest) as Starting, limit);
}

/** Starts the system's shell on `command`. Quote what comes from elsewhere, or better use createSubprocessExec(). */
export function createSubprocessShell(command: string, options: CreateSubprocessOptions = {}): Coroutine<Process> {
  requireProcesses();
  checkText(command, "the command for the shell");
  const { limit, rest } = checkOptions(options, "createSubprocessShell");
  return create((loop, factory) => loop.subprocessShell(factory, command, rest) as Starting, limit);
}

type Starting = Coroutine<Started<SubprocessStreamProtocol>>;
type Start = (loop: EventLoop, protocolFactory: () => SubprocessStreamProtocol) => Starting;

function checkOptions(options: CreateSubprocessOptions, where: string): { limit: number; rest: SubprocessOptions } {
  const { stdin, stdout, stderr, host } = checkSetup(options, "inherit", where);
  return {
    limit: checkLimit(options.limit ?? DEFAULT_LIMIT),
    rest: { stdin, stdout, stderr, ...host } as SubprocessOptions,
  };
}

const create = coroutine(function* (start: Start, limit: number): Steps<Process> {
  const loop = getRunningLoop();
  const [transport, protocol] = yield* start(loop, () => new SubprocessStreamProtocol(limit, loop));
  return new Process(transport, protocol);
});
