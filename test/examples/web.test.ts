// The web example, and toFetchHandler under a server adapter that is widely used. Its packages are installed by
// `npm ci --prefix examples/web`.
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { connect, type AddressInfo, type Server } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { run, sleep, toFetchHandler } from "../../bindings/index.js";
import { fetchMany } from "../../examples/network/fetchMany.js";
import { root } from "../support/child.js";
import { runtime } from "../support/runtime.js";

const folder = join(root, "examples/web");
const isInstalled = existsSync(join(folder, "node_modules/@hono/node-server"));
const reason = isInstalled ? "the example is a program for Node" : "run `npm ci --prefix examples/web` first";
const skip = isInstalled && runtime === "node" ? false : reason;
if (skip !== false) console.log(`skipped: the web example: ${skip}`);

const WAIT_MS = 500;

describe("the web application", { skip }, () => {
  let server: ChildProcess;
  let url: string;

  before(async () => {
    server = spawn(process.execPath, ["server.mjs", "0"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(createInterface({ input: server.stdout! }), "line")) as [string];
    url = /^\S+/.exec(line)![0];
  });
  after(() => server.kill());

  test("its two routes answer after half a second", async () => {
    const start = performance.now();
    const pages = await Promise.all([fetch(url), fetch(`${url}hello/Ada`)]);
    assert.deepEqual(await Promise.all(pages.map((page) => page.text())), ["Welcome!\n", "Hello, Ada!\n"]);
    assert.ok(performance.now() - start >= WAIT_MS);
  });

  test("forty requests, ten at a time, take four times as long as one", async () => {
    const start = performance.now();
    const names = Array.from({ length: 40 }, (_, i) => `${url}hello/${i}`);
    const pages = await run(fetchMany(names));
    const passed = performance.now() - start;
    assert.deepEqual(
      pages,
      names.map((_, i) => `200 Hello, ${i}!\n`),
    );
    assert.ok(passed >= 4 * WAIT_MS && passed < 10 * WAIT_MS, `${passed} ms`);
  });

  test("an unknown page is the router's to refuse", async () => {
    assert.equal((await fetch(`${url}nowhere`)).status, 404);
  });
});

interface Adapter {
  serve(
    options: { fetch: (request: Request) => Promise<Response>; port: number; hostname: string },
    onListening: (address: AddressInfo) => void,
  ): Server;
}

describe("toFetchHandler under @hono/node-server", { skip }, () => {
  async function withServer(
    handler: (request: Request) => Promise<Response>,
    body: (port: number) => Promise<void>,
  ): Promise<void> {
    const path = createRequire(join(folder, "package.json")).resolve("@hono/node-server");
    const { serve } = (await import(pathToFileURL(path).href)) as Adapter;
    let server!: Server;
    const port = await new Promise<number>((resolve) => {
      server = serve({ fetch: handler, port: 0, hostname: "127.0.0.1" }, (address) => resolve(address.port));
    });
    try {
      await body(port);
    } finally {
      server.close();
    }
  }

  test("a request's task is cancelled when its client closes the connection", async () => {
    let end: (how: string) => void;
    const ended = new Promise<string>((resolve) => (end = resolve));
    const handler = toFetchHandler(function* (): Generator<unknown, Response> {
      try {
        yield* sleep(60_000);
        end("finished");
      } catch (error) {
        end((error as Error).name);
        throw error;
      }
      return new Response();
    });
    await withServer(handler, async (port) => {
      const socket = connect(port, "127.0.0.1");
      socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      await sleep(50);
      socket.destroy();
      assert.equal(await ended, "CancelledError");
    });
  });

  test("what the body throws is the adapter's to answer: status 500", async () => {
    const handler = toFetchHandler(function* (): Generator<unknown, Response> {
      yield;
      throw new Error("broken");
    });
    await withServer(handler, async (port) => {
      assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 500);
    });
  });
});
