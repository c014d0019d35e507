// The examples over sockets do what they say.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { chat } from "../../examples/network/chat.js";
import { echo } from "../../examples/network/echo.js";
import { fetchingMany } from "../../examples/network/fetchMany.js";
import { headers } from "../../examples/network/headers.js";
import { pool } from "../../examples/network/pool.js";

async function linesOf(program: () => Promise<void>): Promise<string[]> {
  const log = mock.method(console, "log", () => {});
  try {
    await program();
  } finally {
    log.mock.restore();
  }
  return log.mock.calls.map((call) => (call.arguments as unknown[]).map(String).join(" "));
}

test("the echo server echoes to two clients at once", async () => {
  assert.deepEqual(await linesOf(echo), ["echoed: one two", "echoed: uno due tre"]);
});

test("the headers of three sites come from a server by streams and one by a protocol", async () => {
  const [found, same, missing] = await linesOf(headers);
  assert.equal(found, "HTTP/1.0 200 OK | Server: streams | Content-Type: text/plain | Content-Length: 6");
  assert.equal(same, "HTTP/1.0 200 OK | Server: protocol | Content-Type: text/plain | Content-Length: 6");
  assert.match(missing!, /^HTTP\/1\.0 404 Not Found \| Server: protocol/);
});

test("thirty pages are fetched", async () => {
  assert.deepEqual(await linesOf(fetchingMany), ["30 pages, 3 of them found"]);
});

test("in the chat room each hears what the others say", async () => {
  assert.deepEqual(await linesOf(chat), [
    'Ada hears "* Grace has come"',
    'Grace hears "Ada: Hello Grace"',
    'Ada hears "Grace: Hello Ada, and goodbye"',
    'Grace hears "Ada: Goodbye"',
    'Ada hears "* Grace has gone"',
  ]);
});

test("thirty queries go over a pool of three connections", async () => {
  assert.deepEqual(await linesOf(pool), [
    '30 answers, from "value of key 1" to "value of key 30"',
    "over 3 connections",
  ]);
});
