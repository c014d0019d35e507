import { isOptions, type Json } from "../../format.js";
import { CompileError } from "../frame.js";
import { awaitables, awaiting, type Operations, options, plain, special, suspending } from "../operation.js";
import { TASK_OPTIONS } from "./tasks.js";

/** Splits a literal entry off an option object. */
function literalOption(given: Json | undefined, name: string): [literal: Json | undefined, rest: Json | undefined] {
  if (!isOptions(given)) return [undefined, given];
  const { [name]: literal, ...rest } = given;
  return [literal, rest];
}

export const COMBINATORS: Operations = {
  gather: special(["gather"], (frame, [list, given]) => {
    const [returnExceptions, rest] = literalOption(given, "re");
    options(frame, rest, {});
    return `library.gather(runtime.forTasks(${awaitables(frame, list)}), { returnExceptions: ${Boolean(returnExceptions)} })`;
  }),
  wait: special(["wait"], (frame, [list, given], name) => {
    const [when = "ALL_COMPLETED", rest] = literalOption(given, "when");
    if (typeof when !== "string") throw new CompileError("the option 'when' is a literal string");
    const fields = [`returnWhen: ${JSON.stringify(when)}`, ...options(frame, rest, { timeout: "timeout" })];
    const call = `library.wait(${awaitables(frame, list)}, { ${fields.join(", ")} })`;
    return `runtime.doneAndPending(${awaiting(frame, name, call)})`;
  }),
  wait_for: suspending(["waitFor"], 2, (x, timeout) => `library.waitFor(runtime.forTask(${x}), ${timeout})`),
  shield: plain(["shield"], 1, (x) => `library.shield(runtime.forTask(${x}))`),
  as_completed: special(["asCompleted"], (frame, [list, given]) => {
    const fields = options(frame, given, { timeout: "timeout" });
    return `library.asCompleted(runtime.forTasks(${awaitables(frame, list)}), { ${fields.join(", ")} })`;
  }),
};

export const SCOPES: Operations = {
  timeout: plain(["timeout", "timeoutAt"], 1, (delay) => `runtime.timeout(${delay})`),
  timeout_at: plain(["timeoutAt"], 1, (when) => `runtime.timeoutAt(${when})`),
  reschedule: plain([], 2, (timeout, when) => `${timeout}.reschedule(${when})`),
  when: plain([], 1, (timeout) => `${timeout}.when()`),
  expired: plain([], 1, (timeout) => `${timeout}.expired()`),
  taskgroup: plain(["taskGroup"], 0, () => "runtime.taskGroup()"),
  tg_task: special([], (frame, [group, coroutine, given]) => {
    const call = `${frame.expression(group ?? null)}.createTask(runtime.forTask(${frame.expression(coroutine ?? null)})`;
    return `${call}, { ${options(frame, given, TASK_OPTIONS).join(", ")} })`;
  }),
};
