// What the compiler must know about child processes and signals. This file is compiled with the tests; nothing of it runs.
import { coroutine, EventLoop, type Coroutine } from "../../bindings/index.js";
import {
  createSubprocessExec,
  createSubprocessShell,
  SubprocessProtocol,
  type Process,
  type StreamReader,
  type StreamWriter,
  type SubprocessTransport,
} from "../../bindings/io.js";
import type { Equal, Expect } from "./expect.js";

const starting = createSubprocessExec("cat", ["-n"], { stdin: "pipe", stdout: 1, stderr: "stdout", limit: 10 });
export type Starting = Expect<Equal<typeof starting, Coroutine<Process>>>;
createSubprocessShell("ls | wc", { cwd: new URL("file:///"), env: { A: "1", B: undefined } });
// @ts-expect-error an unknown stream
createSubprocessShell("ls", { stdin: "file" });
// @ts-expect-error only errors can go where the output goes
createSubprocessShell("ls", { stdout: "stdout" });
// @ts-expect-error an unknown option
createSubprocessShell("ls", { shell: true });
// @ts-expect-error arguments are an array
createSubprocessExec("ls", "-l");

export const talk = coroutine(function* () {
  const child = yield* starting;
  // @ts-expect-error text is no bytes
  child.communicate("text");
  child.sendSignal("SIGTERM");
  child.sendSignal(15);
  const [stdout] = yield* child.communicate(new Uint8Array(1));
  return [child.stdin, child.stdout, child.returncode, child.pid, yield* child.wait(), stdout] as const;
});
type Talked = ReturnType<typeof talk> extends Coroutine<infer T> ? T : never;
export type Talk = Expect<
  Equal<
    Talked,
    readonly [
      StreamWriter | null,
      StreamReader | null,
      number | null,
      number,
      number,
      Uint8Array<ArrayBufferLike> | null,
    ]
  >
>;

// @ts-expect-error only the child changes it
export const change = (child: Process): number => (child.returncode = 0);

class Own extends SubprocessProtocol {
  own = 1;
}
const loop = new EventLoop();
const started = loop.subprocessExec(() => new Own(), "cat");
export type Exec = Expect<Equal<typeof started, Coroutine<[transport: SubprocessTransport, protocol: Own]>>>;
const shell = loop.subprocessShell(() => new Own(), "ls", { stderr: "null" });
export type Shell = Expect<Equal<typeof shell, Coroutine<[transport: SubprocessTransport, protocol: Own]>>>;
// @ts-expect-error no factory
loop.subprocessExec(new Own(), "cat");

loop.addSignalHandler("SIGTERM", (text: string, count: number) => text.repeat(count), "x", 2);
// @ts-expect-error an argument is missing
loop.addSignalHandler("SIGTERM", (text: string) => text);
const removed = loop.removeSignalHandler(15);
export type Removed = Expect<Equal<typeof removed, boolean>>;
