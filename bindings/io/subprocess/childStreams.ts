import type { ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import type { Writable } from "node:stream";
import { builtin } from "../host/builtin.js";
import { readsChildInput } from "../host/quirks.js";
import { ReadPipeTransport, WritePipeTransport } from "../transports/pipeTransport.js";

/** The writing end of a child's standard input. */
export class ChildInputTransport extends WritePipeTransport {
  /** What the host has taken is the system's already: closing needs no turn of the host. */
  protected override isWritten(): boolean {
    return this._socket.writableLength === 0;
  }
}

/** The reading end of one of a child's outputs. */
export class ChildOutputTransport extends ReadPipeTransport {}

/**
 * The child's standard input as a stream that knows how much waits, and does not read. In Bun (1.4) it is one that says 0
 * whatever was written, and Deno's would read. There another stream stands before it,
 * which hands on a piece when the one before has been taken.
 */
export function inputOf(child: ChildProcess): Socket {
  const stdin = child.stdin!;
  if (stdin instanceof builtin("node:net").Socket && !readsChildInput) return stdin;
  return measured(stdin) as Socket;
}

function measured(inner: Writable): Writable {
  const outer = new (builtin("node:stream").Writable)({
    write: (chunk: Uint8Array, _encoding, done) => void inner.write(chunk, done),
    final: (done) => void inner.end(() => done()),
    destroy(error, done) {
      inner.destroy();
      done(error);
    },
  });
  inner.on("error", (error) => outer.destroy(error));
  inner.on("close", () => outer.destroy());
  return outer;
}
