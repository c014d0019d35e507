// Each I/O operation, cancelled at each of its moments: nothing stays open, whatever the host was doing.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { createTask, type Steps, type Task } from "../../bindings/index.js";
import { DatagramProtocol, Protocol, type Server } from "../../bindings/io.js";
import { bytes, cert, key, portOf, withIo, type IoStage } from "../support/ioStage.js";

/** The host's turns after which the operation is cancelled, one after the other. */
const MOMENTS = 12;

interface Closable {
  abort?(): void;
  close(): void;
}

type Operation = (stage: IoStage, path: string) => Steps<unknown>;

const makeProtocol = (): Protocol => new Protocol();

function* withServer(server: Server, body: () => Steps<unknown>): Steps<unknown> {
  try {
    return yield* body();
  } finally {
    server.close();
    server.abortClients();
  }
}

const operations: Readonly<Record<string, Operation>> = {
  *createConnection(stage) {
    const server = yield* stage.serve(makeProtocol);
    return yield* withServer(server, () =>
      stage.loop.createConnection(makeProtocol, "localhost", portOf(server), { family: 4 })[Symbol.iterator](),
    );
  },
  *"createConnection over TLS"(stage) {
    const ssl = { cert, key };
    const server = yield* stage.loop.createServer(makeProtocol, "127.0.0.1", 0, { ssl });
    return yield* withServer(server, () =>
      stage.loop.createConnection(makeProtocol, "127.0.0.1", portOf(server), { ssl: { ca: cert } })[Symbol.iterator](),
    );
  },
  *createServer(stage) {
    return yield* stage.loop.createServer(makeProtocol, ["127.0.0.1", "127.0.0.2"], 0);
  },
  *"Server.serveForever and waitClosed"(stage) {
    const server = yield* stage.serve(makeProtocol);
    return yield* server.serveForever();
  },
  *createUnixServer(stage, path) {
    return yield* stage.loop.createUnixServer(makeProtocol, `${path}.socket`);
  },
  *createDatagramEndpoint(stage) {
    const options = { localAddr: ["127.0.0.1", 0], remoteAddr: ["127.0.0.1", 9] } as const;
    return yield* stage.loop.createDatagramEndpoint(() => new DatagramProtocol(), options);
  },
  *connectReadPipe(stage) {
    return yield* stage.loop.connectReadPipe(makeProtocol, new PassThrough());
  },
  *connectWritePipe(stage) {
    return yield* stage.loop.connectWritePipe(makeProtocol, new PassThrough().resume());
  },
  *sendfile(stage, path) {
    const { serverSide, clientSide } = yield* stage.pair(new Protocol(), new Protocol());
    try {
      return yield* stage.loop.sendfile(clientSide, path);
    } finally {
      clientSide.abort();
      serverSide.abort();
    }
  },
  *startTls(stage) {
    const { serverSide, clientSide } = yield* stage.pair(new Protocol(), new Protocol());
    const accepting = createTask(
      stage.loop.startTls(serverSide, serverSide.getProtocol()!, { cert, key }, { serverSide: true }),
    );
    try {
      const options = { serverHostname: "localhost" };
      return yield* stage.loop.startTls(clientSide, clientSide.getProtocol()!, { ca: cert }, options);
    } finally {
      clientSide.abort();
      yield* ended(accepting);
      serverSide.abort();
    }
  },
  *getaddrinfo(stage) {
    yield* stage.loop.getaddrinfo("localhost", 80);
    return yield* stage.loop.getnameinfo(["127.0.0.1", 80]);
  },
};

/** Ends `task` however far it is, and closes what it has made. */
function* ended(task: Task<unknown>): Steps<void> {
  task.cancel();
  try {
    close(yield* task);
  } catch (error) {
    assert.ok(error instanceof Error);
  }
}

function close(result: unknown): void {
  for (const each of Array.isArray(result) ? (result as unknown[]) : [result]) {
    const made = each as Partial<Closable> | null | undefined;
    if (typeof made?.abort === "function") made.abort();
    else if (typeof made?.close === "function") made.close();
  }
}

/** One turn of the host, in which its sockets and files get on. */
function* hostTurn(stage: IoStage): Steps<void> {
  const turn = stage.loop.createFuture<void>();
  setImmediate(() => turn.setResult());
  yield* turn;
}

for (const [name, operation] of Object.entries(operations)) {
  test(`${name}, cancelled at each moment, leaves nothing open`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "wasyncio-"));
    const path = join(folder, "file");
    writeFileSync(path, bytes("x".repeat(1_000_000)));
    try {
      for (let moment = 0; moment < MOMENTS; moment++) {
        await withIo(function* (stage) {
          const task = createTask(() => operation(stage, path));
          for (let i = 0; i < moment; i++) yield* hostTurn(stage);
          yield* ended(task as Task<unknown>);
        });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
