// Exceptions that nobody awaits end here, as in asyncio: in the handler of the loop, or on the host's error output.
import { thread, type ContextHolder } from "../context/current.js";
import { textOf } from "../errors/checks.js";
import type { Future } from "../futures/future.js";
import type { Task } from "../tasks/task.js";
import type { EventLoop } from "./eventLoop.js";
import type { Handle } from "./handle.js";

/** What an exception handler is told; `message` always, the rest where it applies. */
export interface ExceptionContext {
  message: string;
  exception?: unknown;
  future?: Future<unknown>;
  task?: Task<unknown>;
  handle?: Handle;
  protocol?: unknown;
  transport?: unknown;
  asyncgen?: unknown;
  sourceTraceback?: string;
}

export type ExceptionHandler = (loop: EventLoop, context: ExceptionContext) => void;

const KEYS = ["task", "future", "handle", "protocol", "transport", "asyncgen", "sourceTraceback"] as const;

/** The stack, below what was thrown: V8's stacks begin with it, those of Firefox and Safari are frames alone. */
function errorText(error: unknown): string {
  const text = textOf(error);
  if (!(error instanceof Error) || typeof error.stack !== "string") return text;
  const isWhole = error.stack.startsWith(text) || /^\s+at /m.test(error.stack);
  return isWhole ? error.stack : `${text}\n${error.stack}`;
}

/** One block: the message, what it is about, the error with its stack. */
export function describeException(context: ExceptionContext): string {
  const lines = [context.message || "Unhandled exception in event loop"];
  for (const key of KEYS) if (context[key] !== undefined) lines.push(`${key}: ${textOf(context[key])}`);
  if (context.exception !== undefined) lines.push(errorText(context.exception));
  return lines.join("\n");
}

/** The default handler may be a subclass's own; what it throws does not end the loop. */
export function callDefaultHandler(loop: EventLoop, context: ExceptionContext): void {
  try {
    loop.defaultExceptionHandler(context);
  } catch (error) {
    loop._host.logError(`Exception in default exception handler\n${errorText(error)}`);
  }
}

/** Calls `handler` in the context of the task or handle that the exception comes from. */
export function callHandler(loop: EventLoop, handler: ExceptionHandler, context: ExceptionContext): void {
  const source: ContextHolder | undefined = context.task ?? context.handle;
  if (source === undefined || thread.current.task !== null) {
    handler(loop, context);
    return;
  }
  const outer = thread.current.holder;
  thread.current.holder = source;
  try {
    handler(loop, context);
  } finally {
    thread.current.holder = outer;
  }
}
