import { CompileError } from "../frame.js";
import { awaiting, compileOperands, type Operations, plain, special, suspending } from "../operation.js";

/** `acquire()` gives a guard here and true in asyncio. */
const alwaysTrue = (awaited: string): string => `(${awaited}, true)`;

export const LOCKS: Operations = {
  lock: plain(["Lock"], 0, () => "new library.Lock()"),
  event: plain(["Event"], 0, () => "new library.Event()"),
  condition: plain(["Condition"], [0, 1], (lock) => `new library.Condition(${lock} ?? undefined)`),
  semaphore: plain(["Semaphore"], 1, (value) => `new library.Semaphore(${value})`),
  bsemaphore: plain(["BoundedSemaphore"], 1, (value) => `new library.BoundedSemaphore(${value})`),
  barrier: plain(["Barrier"], 1, (parties) => `new library.Barrier(${parties})`),
  acquire: suspending([], 1, (x) => `${x}.acquire()`, alwaysTrue),
  release: plain([], 1, (x) => `${x}.release()`),
  locked: plain([], 1, (x) => `${x}.locked()`),
  ev_set: plain(["Event#set"], 1, (event) => `${event}.set()`),
  ev_clear: plain(["Event#clear"], 1, (event) => `${event}.clear()`),
  ev_is_set: plain(["Event#isSet"], 1, (event) => `${event}.isSet()`),
  ev_wait: suspending(["Event#wait"], 1, (event) => `${event}.wait()`),
  cond_wait: suspending(["Condition#wait"], 1, (condition) => `${condition}.wait()`),
  cond_wait_for: special(["Condition#waitFor"], (frame, operands, name) => {
    const [condition, predicate] = operands;
    if (condition === undefined || predicate === undefined) throw new CompileError(`'${name}' takes two operands`);
    const target = frame.expression(condition);
    const test = `runtime.predicate(${frame.synchronously(predicate)})`;
    return awaiting(frame, name, `${target}.waitFor(() => ${frame.spelling.giving(test)})`);
  }),
  notify: plain(["Condition#notify"], [1, 2], (condition, count) => `${condition}.notify(${count} ?? 1)`),
  notify_all: plain(["Condition#notifyAll"], 1, (condition) => `${condition}.notifyAll()`),
  bar_wait: suspending(["Barrier#wait"], 1, (barrier) => `${barrier}.wait()`),
  bar_abort: suspending(["Barrier#abort"], 1, (barrier) => `${barrier}.abort()`),
  bar_reset: suspending(["Barrier#reset"], 1, (barrier) => `${barrier}.reset()`),
  parties: plain(["Barrier"], 1, (barrier) => `${barrier}.parties`),
  n_waiting: plain(["Barrier"], 1, (barrier) => `${barrier}.nWaiting`),
  broken: plain(["Barrier"], 1, (barrier) => `${barrier}.broken`),
};

export const QUEUES: Operations = {
  queue: plain(["Queue"], 1, (size) => `new library.Queue(${size})`),
  lifo: plain(["LifoQueue"], 1, (size) => `new library.LifoQueue(${size})`),
  prio: plain(["PriorityQueue"], 1, (size) => `new library.PriorityQueue(${size})`),
  put: special(["Queue#put"], (frame, operands, name) => {
    const [queue, item] = compileOperands(frame, operands, 2);
    return awaiting(frame, name, `${queue}.put(${frame.spelling.giving(item!)})`);
  }),
  get: suspending(["Queue#get"], 1, (queue) => `${queue}.get()`),
  put_nowait: special(["Queue#putNowait"], (frame, operands) => {
    const [queue, item] = compileOperands(frame, operands, 2);
    return `${queue}.putNowait(${frame.spelling.giving(item!)})`;
  }),
  get_nowait: special(["Queue#getNowait"], (frame, operands) => {
    const [queue] = compileOperands(frame, operands, 1);
    return frame.spelling.taking(`${queue}.getNowait()`);
  }),
  task_done: plain(["Queue#taskDone"], 1, (queue) => `${queue}.taskDone()`),
  join: suspending(["Queue#join"], 1, (queue) => `${queue}.join()`),
  qsize: plain(["Queue#qsize"], 1, (queue) => `${queue}.qsize()`),
  empty: plain(["Queue#empty"], 1, (queue) => `${queue}.empty()`),
  full: plain(["Queue#full"], 1, (queue) => `${queue}.full()`),
  maxsize: plain(["Queue"], 1, (queue) => `${queue}.maxsize`),
  shutdown: plain(["Queue#shutdown"], 2, (queue, immediate) => `${queue}.shutdown(${immediate})`),
};
