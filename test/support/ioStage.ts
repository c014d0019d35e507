// Runs a test's body on a live loop, with real sockets. At the end nothing may be open, nothing reported, nothing left.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  EventLoop,
  run,
  sleep,
  timeout,
  type Coroutine,
  type ExceptionContext,
  type Future,
  type Steps,
} from "../../bindings/index.js";
import { Protocol, type Server, type Transport } from "../../bindings/io.js";
import { leakReport } from "../../bindings/testing.js";
import { Trace } from "./trace.js";

/** A test that hangs is ended by this. */
const LIMIT_MS = 20_000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const bytes = (text: string): Uint8Array => encoder.encode(text);
export const text = (data: Uint8Array): string => decoder.decode(data);

const certificates = new URL("../../../test/io/certificates/", import.meta.url);

/** Self-signed, for localhost and its addresses. */
export const cert = readFileSync(new URL("localhost.cert.pem", certificates), "utf8");
export const key = readFileSync(new URL("localhost.key.pem", certificates), "utf8");

export class IoStage {
  readonly trace = new Trace();
  readonly loop: EventLoop;
  private reports: ExceptionContext[] = [];

  constructor(loop: EventLoop) {
    this.loop = loop;
    loop.setExceptionHandler((_loop, context) => this.reports.push(context));
  }

  /** What the exception handler has been told; whoever takes it expected it. */
  takeReports(): ExceptionContext[] {
    return this.reports.splice(0);
  }

  recorder(name: string): Recorder {
    return new Recorder(this, name);
  }

  /** A server at a free port of 127.0.0.1. */
  serve(makeProtocol: () => Protocol): Coroutine<Server> {
    return this.loop.createServer(makeProtocol, "127.0.0.1", 0);
  }

  /** Two protocols at the ends of one connection; the server takes no other. */
  *pair<S extends Protocol, C extends Protocol>(
    server: S,
    client: C,
  ): Steps<{ serverSide: Transport; clientSide: Transport }> {
    const accepted = this.loop.createFuture<Transport>();
    const made = server.connectionMade.bind(server);
    server.connectionMade = (transport) => {
      made(transport);
      if (!accepted.done()) accepted.setResult(transport as Transport);
    };
    const listening = yield* this.serve(() => server);
    try {
      const [clientSide] = yield* this.loop.createConnection(() => client, "127.0.0.1", portOf(listening));
      return { serverSide: yield* accepted, clientSide };
    } catch (error) {
      // Cancelled in the middle: the client goes by itself, or with the server's side.
      listening.abortClients();
      throw error;
    } finally {
      listening.close();
    }
  }

  /** Everything that the loop has open is closed by now, or will be in a moment. */
  *assertAllClosed(): Steps<void> {
    for (let turns = 0; turns < 1000 && (this.loop._attached?.size ?? 0) > 0; turns++) yield* sleep(1);
    assert.deepEqual([...(this.loop._attached ?? [])].map(String), [], "still open");
  }

  assertNothingLeft(): void {
    const report = leakReport(this.loop);
    assert.ok(report.isClean, `left on the loop: ${JSON.stringify(report)}`);
    assert.deepEqual(this.reports, [], "something was reported to the exception handler");
  }
}

export function portOf(server: Server): number {
  const [socket] = server.sockets;
  assert.ok(socket !== undefined && "port" in socket);
  return socket.port;
}

/** Writes down what it is told, as `NAME made`, `NAME data hello`, `NAME lost null`. */
export class Recorder extends Protocol {
  readonly stage: IoStage;
  readonly name: string;
  readonly made: Future<Transport>;
  readonly lost: Future<Error | null>;
  readonly ended: Future<void>;
  declare transport: Transport;
  /** All that has arrived. */
  received = "";
  /** What eofReceived() returns. */
  keepsOpen: unknown = undefined;

  constructor(stage: IoStage, name: string) {
    super();
    this.stage = stage;
    this.name = name;
    this.made = stage.loop.createFuture();
    this.lost = stage.loop.createFuture();
    this.ended = stage.loop.createFuture();
  }

  protected note(event: string): void {
    this.stage.trace.add(`${this.name} ${event}`);
  }

  override connectionMade(transport: Transport): void {
    this.transport = transport;
    this.note("made");
    this.made.setResult(transport);
  }

  override dataReceived(data: Uint8Array): void {
    this.received += text(data);
    this.note(`data ${text(data)}`);
  }

  override eofReceived(): unknown {
    this.note("eof");
    this.ended.setResult();
    return this.keepsOpen;
  }

  override connectionLost(error: Error | null): void {
    this.note(`lost ${error === null ? "null" : error.name}`);
    this.lost.setResult(error);
  }

  override pauseWriting(): void {
    this.note("pause writing");
  }

  override resumeWriting(): void {
    this.note("resume writing");
  }

  /** Waits until so many characters have arrived in all. */
  *until(length: number): Steps<string> {
    while (this.received.length < length) yield* sleep(1);
    return this.received;
  }
}

/** Runs `body` as the main task of a loop of its own. */
export async function withIo<T>(body: (stage: IoStage) => Steps<T>): Promise<T> {
  const stage = new IoStage(new EventLoop());
  const main = function* (): Steps<T> {
    const result = yield* timeout(LIMIT_MS, () => body(stage));
    yield* stage.assertAllClosed();
    return result;
  };
  const result = await run<T>(main, { loopFactory: () => stage.loop });
  stage.assertNothingLeft();
  return result as T;
}
