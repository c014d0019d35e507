import type { Json } from "../../format.js";
import { CompileError, type Frame } from "../frame.js";
import { awaiting, compileOperands, type Operations, options, plain, special } from "../operation.js";
import { errorOf } from "./values.js";

export const TASK_OPTIONS = { name: "name", eager_start: "eagerStart", ctx: "context" } as const;

/** A call that makes a coroutine object; nothing of its body runs yet. */
function coroutineObject(frame: Frame, [name, ...operands]: readonly Json[]): string {
  return `${frame.definition("coros", name)}(${frame.expressions(operands)})`;
}

function addDoneCallback(frame: Frame, [future, callback, given]: readonly Json[]): string {
  const target = frame.expression(future ?? null);
  const fn = frame.definition("cbs", callback);
  const context = contextOf(frame, given);
  return context === null
    ? `${target}.addDoneCallback(${fn})`
    : `${target}.addDoneCallbackIn(${context} ?? library.copyContext(), ${fn})`;
}

/** The expression of the option `ctx`, or null when it is not given. */
export function contextOf(frame: Frame, given: Json | undefined): string | null {
  const [property] = options(frame, given, { ctx: "context" });
  return property === undefined ? null : property.slice("context: ".length);
}

export const TASKS: Operations = {
  coro: special(["coroutine"], coroutineObject),
  call: special(["coroutine"], (frame, operands, name) => awaiting(frame, name, coroutineObject(frame, operands))),
  await: special([], (frame, operands, name) => {
    const [value] = compileOperands(frame, operands, 1);
    return awaiting(frame, name, frame.spelling.awaitable(value!));
  }),
  sleep: special(["sleep"], (frame, operands, name) => {
    const [delay, result] = compileOperands(frame, operands, [1, 2]);
    return awaiting(frame, name, `library.sleep(${delay}, ${frame.spelling.giving(result!)})`);
  }),
  task: special(["EventLoop#createTask", "Task"], (frame, [coroutine, given]) => {
    const target = frame.expression(coroutine ?? null);
    return `runtime.loop.createTask(runtime.forTask(${target}), { ${options(frame, given, TASK_OPTIONS).join(", ")} })`;
  }),
  ensure_future: plain(["ensureFuture"], 1, (x) => `library.ensureFuture(runtime.forTask(${x}))`),
  isfuture: plain(["isFuture"], 1, (x) => `library.isFuture(${x})`),
  self: plain(["currentTask"], 0, () => "library.currentTask(runtime.loop)"),
  name: plain(["Task#getName"], 1, (task) => `runtime.nameOf(${task})`),
  set_name: plain(["Task#setName"], 2, (task, name) => `${task}.setName(${name})`),
  all_tasks: plain(["allTasks"], 0, () => "runtime.unfinishedNames()"),
  cancel: plain(["Future#cancel"], [1, 2], (x, message) => `${x}.cancel(${message} ?? undefined)`),
  uncancel: plain(["Task#uncancel"], 1, (task) => `${task}.uncancel()`),
  cancelling: plain(["Task#cancelling"], 1, (task) => `${task}.cancelling()`),
  set_task_factory: plain(
    ["EventLoop#setTaskFactory", "eagerTaskFactory", "createEagerTaskFactory"],
    1,
    (x) => `runtime.setTaskFactory(${x})`,
  ),
  get_task_factory: plain(["EventLoop#getTaskFactory"], 0, () => "runtime.taskFactory()"),
};

export const FUTURES: Operations = {
  future: plain(["EventLoop#createFuture"], 0, () => "runtime.loop.createFuture()"),
  done: plain(["Future#done"], 1, (future) => `${future}.done()`),
  cancelled: plain(["Future#cancelled"], 1, (future) => `${future}.cancelled()`),
  result: special(["Future#result"], (frame, operands) => {
    const [future] = compileOperands(frame, operands, 1);
    return frame.spelling.taking(`${future}.result()`);
  }),
  exception: plain(["Future#exception"], 1, (future) => `${future}.exception()`),
  set_result: special(["Future#setResult"], (frame, operands) => {
    const [future, value] = compileOperands(frame, operands, 2);
    return `${future}.setResult(${frame.spelling.giving(value!)})`;
  }),
  set_exception: special(["Future#setException"], (frame, [future, kind, message]) => {
    const target = frame.expression(future ?? null);
    return `${target}.setException(${errorOf(frame, kind, message)})`;
  }),
  add_cb: special(["Future#addDoneCallback", "Future#addDoneCallbackIn"], addDoneCallback),
  remove_cb: special(["Future#removeDoneCallback"], (frame, [future, callback]) => {
    if (future === undefined) throw new CompileError("a future is missing");
    return `${frame.expression(future)}.removeDoneCallback(${frame.definition("cbs", callback)})`;
  }),
};
