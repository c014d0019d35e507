// Scripts of operations on streams, run on this package's; python/stream_scripts.py runs them on asyncio's.

import {
  ConnectionResetError,
  createTask,
  gather,
  IncompleteReadError,
  isCancelled,
  LimitOverrunError,
  RuntimeError,
  type Coroutine,
  type Steps,
  type Task,
} from "../../bindings/index.js";
import { StreamReader, StreamReaderProtocol, StreamWriter } from "../../bindings/io.js";
import { ScriptedTransport } from "./scriptedTransport.js";
import { bytes, text } from "./text.js";

export type Operation = readonly [name: string, ...args: unknown[]];

export interface StreamScript {
  readonly limit: number;
  readonly operations: readonly Operation[];
}

class TracedTransport extends ScriptedTransport {
  private readonly trace: string[];

  constructor(trace: string[]) {
    super();
    this.trace = trace;
  }

  override pauseReading(): void {
    this.trace.push("transport: pause");
  }

  override resumeReading(): void {
    this.trace.push("transport: resume");
  }

  override close(): void {
    super.close();
    this.trace.push("transport: close");
  }
}

/** As Python shows text. */
function shown(data: Uint8Array | undefined): string {
  if (data === undefined) return "";
  return `'${text(data).replaceAll("\n", "\\n")}'`;
}

function failure(error: unknown): string {
  const { name } = error as Error;
  if (error instanceof IncompleteReadError) return `${name} ${shown(error.partial)} ${error.expected ?? "None"}`;
  return error instanceof LimitOverrunError ? `${name} ${error.consumed}` : name;
}

type Methods = Readonly<Record<string, (...args: never[]) => Coroutine<Uint8Array | void>>>;

function* call(name: string, start: () => Coroutine<Uint8Array | void>, trace: string[]): Steps<void> {
  try {
    const value = yield* start();
    trace.push(`${name}: ${shown(value ?? undefined)}`);
  } catch (error) {
    trace.push(`${name}: ${failure(error)}`);
    if (isCancelled(error)) throw error;
  }
}

export function* runScript({ limit, operations }: StreamScript): Steps<string[]> {
  const trace: string[] = [];
  const tasks = new Map<string, Task<void>>();
  const reader = new StreamReader({ limit });
  const protocol = new StreamReaderProtocol(reader);
  const transport = new TracedTransport(trace);
  protocol.connectionMade(transport);
  const writer = new StreamWriter(transport, protocol, reader, reader._loop);
  const methods: Methods = {
    read: (n: number) => reader.read(n),
    readexactly: (n: number) => reader.readexactly(n),
    readline: () => reader.readline(),
    readuntil: (separators: string[]) => reader.readuntil(separators.map(bytes)),
    drain: () => writer.drain(),
    waitClosed: () => writer.waitClosed(),
  };
  const actions: Readonly<Record<string, (...args: never[]) => void>> = {
    start: (name: string, method: string, ...args: never[]) =>
      void tasks.set(name, createTask(call(name, () => methods[method]!(...args), trace))),
    cancel: (name: string) => void tasks.get(name)!.cancel(),
    feed: (data: string) => protocol.dataReceived(bytes(data)),
    eof: () => void protocol.eofReceived(),
    fail: () => reader.setException(new RuntimeError("boom")),
    pauseWriting: () => protocol.pauseWriting(),
    resumeWriting: () => protocol.resumeWriting(),
    lost: (isReset: boolean) => protocol.connectionLost(isReset ? new ConnectionResetError("reset") : null),
    close: () => writer.close(),
  };
  for (const [operation, ...args] of operations) {
    if (operation === "tick") yield;
    else actions[operation]!(...(args as never[]));
    trace.push(`${operation}: ${reader.atEof() ? "at eof" : "open"}`);
  }
  for (const task of tasks.values()) task.cancel();
  yield* gather(tasks.values(), { returnExceptions: true });
  return trace;
}
