// toFetchHandler in workerd, made once for all requests: each has a loop of its own.
import assert from "node:assert/strict";
import { createTask, getRunningLoop, isCancelled, sleep, toFetchHandler } from "../../../../bindings/index.js";
import type { EventLoop } from "../../../../bindings/index.js";
import { emptyResult, type Result } from "../result.js";

const loops = new Set<EventLoop>();

const answer = toFetchHandler(function* (request: Request) {
  const loop = getRunningLoop();
  assert.ok(!loops.has(loop), "another request has this loop");
  loops.add(loop);
  // Left behind, so it ends with the request.
  createTask(sleep(1_000_000));
  yield* sleep(20);
  return new Response(new URL(request.url).pathname);
});

export async function testFetchHandler(request: Request): Promise<Result> {
  const before = loops.size;
  const paths = await Promise.all([answer(request), answer(request)].map(async (each) => (await each).text()));
  assert.deepEqual(paths, ["/handler", "/handler"]);
  assert.ok(loops.size >= before + 2);
  const client = new AbortController();
  const left = answer(new Request("http://worker/left", { signal: client.signal }));
  setTimeout(() => client.abort(), 5);
  await assert.rejects(left, isCancelled);
  assert.ok([...loops].filter((loop) => loop.isClosed()).length >= 3);
  return { ...emptyResult(), passed: 1 };
}
