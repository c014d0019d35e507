import { type Block, isList, isOptions, type Json } from "../../format.js";
import { CompileError, type Frame } from "../frame.js";
import { driving, type Operation, type Operations, plain, special } from "../operation.js";
import { contextOf } from "./tasks.js";

/** `", a, b"` for an optional array of expressions. */
function furtherArguments(frame: Frame, list: Json | undefined): string {
  if (list === undefined || list === null) return "";
  if (!isList(list)) throw new CompileError("an array of arguments expected");
  return list.map((x) => `, ${frame.expression(x)}`).join("");
}

/** `[when?, callback, [arguments]?, {ctx}?]` as a call of `method`, or of its form with an explicit context. */
function scheduling(method: string, explicit: string, timed: boolean): Operation {
  return special([`EventLoop#${method}`, `EventLoop#${explicit}`], (frame, operands) => {
    const when = timed ? `${frame.expression(operands[0] ?? null)}, ` : "";
    const [callback, list, given] = timed ? operands.slice(1) : operands;
    const call = `${when}${frame.definition("cbs", callback)}${furtherArguments(frame, list)}`;
    const context = contextOf(frame, given);
    return context === null
      ? `runtime.loop.${method}(${call})`
      : `runtime.loop.${explicit}(${context} ?? library.copyContext(), ${call})`;
  });
}

export const LOOP: Operations = {
  time: plain(["EventLoop#time"], 0, () => "runtime.loop.time()"),
  call_soon: scheduling("callSoon", "callSoonIn", false),
  call_soon_threadsafe: scheduling("callSoonThreadsafe", "callSoonIn", false),
  call_later: scheduling("callLater", "callLaterIn", true),
  call_at: scheduling("callAt", "callAtIn", true),
  handle_cancel: plain([], 1, (handle) => `${handle}.cancel()`),
  handle_cancelled: plain([], 1, (handle) => `${handle}.cancelled()`),
  handle_when: plain([], 1, (handle) => `${handle}.when()`),
  stop: plain(["EventLoop#stop"], 0, () => "runtime.loop.stop()"),
  is_running: plain(["EventLoop#isRunning"], 0, () => "runtime.loop.isRunning()"),
  is_closed: plain(["EventLoop#isClosed"], 0, () => "runtime.loop.isClosed()"),
  call_exc_handler: plain(["EventLoop#callExceptionHandler"], 1, (message) => `runtime.report(${message})`),
  set_exc_handler: plain(["EventLoop#setExceptionHandler"], 1, (x) => `runtime.setExceptionHandler(${x})`),
  get_exc_handler: plain(["EventLoop#getExceptionHandler"], 0, () => "runtime.exceptionHandler()"),
};

/** Whether a coroutine object's result is certainly no awaitable: all that its function returns are scalars. */
function givesScalar(frame: Frame, x: Json | undefined): boolean {
  if (!isList(x) || x[0] !== "coro") return false;
  const [, name] = x;
  const body = typeof name === "string" ? frame.unit.program.coros?.[name]?.b : undefined;
  return body !== undefined && !returnsExpression(body);
}

function returnsExpression(block: Json | Block): boolean {
  if (isOptions(block)) return Object.values(block).some(returnsExpression);
  if (!isList(block)) return false;
  if (block[0] !== "return") return block.some(returnsExpression);
  const value = block[1];
  return typeof value === "object" ? value !== null : typeof value === "string" && value.startsWith("$");
}

/** An operation that runs a coroutine or a future on a loop; a result that may be awaitable travels in a box. */
function running(needs: readonly string[], method: string): Operation {
  const direct = driving(needs, 1, (x) => `runtime.runners.${method}(${x})`);
  const boxed = driving(
    needs,
    1,
    (x) => `runtime.runners.${method}(runtime.boxing(${x}))`,
    (awaited) => `runtime.unbox(${awaited})`,
  );
  return special(needs, (frame, operands, name) => {
    return (givesScalar(frame, operands[0]) ? direct : boxed).compile(frame, operands, name);
  });
}

/** Top-level code: what runs a loop is a promise in JavaScript. */
export const DRIVER: Operations = {
  run: running(["Runner"], "run"),
  asyncio_run: running(["run"], "runOnFreshLoop"),
  run_until_complete: running(["EventLoop#runUntilComplete"], "runUntilComplete"),
  run_forever: driving(["EventLoop#runForever"], 0, () => "runtime.loop.runForever()"),
  close: driving(["Runner#close"], 0, () => "runtime.runners.close()"),
  new_runner: driving(["Runner"], 0, () => "runtime.runners.renew()"),
  loop_close: plain(["EventLoop#close"], 0, () => "runtime.loop.close()"),
};

/** Context variables, named by literal strings. */
export const CONTEXT: Operations = {
  ctx_get: plain(["ContextVar"], 1, (name) => `runtime.contextVar(${name}).get()`),
  ctx_set: plain(["ContextVar"], 2, (name, value) => `runtime.contextVar(${name}).set(${value})`),
  ctx_reset: plain(["ContextVar"], 2, (name, token) => `runtime.contextVar(${name}).reset(${token})`),
  ctx_copy: plain(["copyContext"], 0, () => "library.copyContext()"),
  ctx_run: special(["copyContext"], (frame, [context, callback, list]) => {
    const target = frame.expression(context ?? null);
    return `${target}.run(${frame.definition("cbs", callback)}${furtherArguments(frame, list)})`;
  }),
};
