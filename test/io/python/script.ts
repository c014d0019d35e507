// Scripts for the two ends of a connection, run here and by peer.py alike.
import { getRunningLoop, sleep, type Future, type Steps } from "../../../bindings/index.js";
import { Protocol, type Transport } from "../../../bindings/io.js";
import { bytes, text } from "../../support/ioStage.js";

export type Action =
  | ["write", string]
  | ["writelines", ...string[]]
  | ["fill", number]
  | ["limits", number]
  | ["writeEof" | "close" | "abort" | "pause" | "resumeSoon" | "state" | "raise"];

/** What an end does when it is told something: `made`, `data TEXT`, `eof`, `lost NAME`, `pause writing`. */
export interface EndScript {
  readonly keepOpen?: boolean;
  readonly [event: string]: readonly Action[] | boolean | undefined;
}

export interface Script {
  readonly server: EndScript;
  readonly client: EndScript;
}

/** What each end's protocol was told, in order; the classes of what the exception handler was told. */
export interface Outcome {
  readonly traces: Readonly<Record<string, readonly string[]>>;
  readonly reports: readonly string[];
}

class Scripted extends Protocol {
  readonly trace: string[];
  readonly done: Future<void>;
  private readonly script: EndScript;
  private pending: string;
  declare private transport: Transport;

  constructor(script: EndScript, done: Future<void>) {
    super();
    this.trace = [];
    this.done = done;
    this.script = script;
    this.pending = "";
  }

  override connectionMade(transport: Transport): void {
    this.transport = transport;
    this.note("made");
  }

  /** Where bytes are cut means nothing: a message ends with a full stop. */
  override dataReceived(data: Uint8Array): void {
    const messages = (this.pending + text(data)).split(".");
    this.pending = messages.pop()!;
    for (const message of messages) this.note(`data ${message}`);
  }

  override eofReceived(): unknown {
    this.note("eof");
    return this.script.keepOpen;
  }

  override connectionLost(error: Error | null): void {
    this.note(`lost ${error === null ? "null" : error.name}`);
    if (!this.done.done()) this.done.setResult();
  }

  override pauseWriting(): void {
    this.note("pause writing");
  }

  override resumeWriting(): void {
    this.note("resume writing");
  }

  private note(event: string): void {
    this.trace.push(event);
    const actions = this.script[event];
    if (Array.isArray(actions)) for (const action of actions as Action[]) this.act(action);
  }

  private act([action, ...args]: Action): void {
    const { transport } = this;
    switch (action) {
      case "write":
        return transport.write(bytes(args[0] as string));
      case "writelines":
        return transport.writelines((args as string[]).map(bytes));
      case "fill":
        return transport.write(new Uint8Array(args[0] as number).fill(120));
      case "limits":
        return transport.setWriteBufferLimits(args[0] as number);
      case "writeEof":
        return transport.writeEof();
      case "close":
        return transport.close();
      case "abort":
        return transport.abort();
      case "pause":
        return transport.pauseReading();
      case "resumeSoon":
        getRunningLoop().callLater(20, () => transport.resumeReading());
        return;
      case "state":
        this.trace.push(
          `closing ${transport.isClosing()} reading ${transport.isReading()} ` +
            `limits [${transport.getWriteBufferLimits().join(", ")}]`,
        );
        return;
      case "raise":
        throw new Named("scripted");
    }
  }
}

class Named extends Error {
  override readonly name = "ValueError";
}

/** Runs one end or both; `connected` is told the server's port. */
export function* runScript(
  script: Script,
  role: "server" | "client" | "both",
  port: number | null,
  connected: (port: number) => void = () => {},
): Steps<Outcome> {
  const loop = getRunningLoop();
  const reports: string[] = [];
  loop.setExceptionHandler((_loop, { exception }) => reports.push((exception as Error).name));
  const ends: Record<string, Scripted> = {};
  const end = (name: "server" | "client"): Scripted => (ends[name] = new Scripted(script[name], loop.createFuture()));
  const server = role === "client" ? null : yield* loop.createServer(() => end("server"), "127.0.0.1", 0);
  const target = server === null ? port! : (server.sockets[0] as { port: number }).port;
  connected(target);
  if (role !== "server") yield* loop.createConnection(() => end("client"), "127.0.0.1", target);
  while (Object.keys(ends).length < (role === "both" ? 2 : 1)) yield* sleep(5);
  for (const { done } of Object.values(ends)) yield* done;
  server?.close();
  return { traces: Object.fromEntries(Object.entries(ends).map(([name, { trace }]) => [name, trace])), reports };
}
