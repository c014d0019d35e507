// Many URLs, ten at a time.
import { coroutine, createTask, gather, run, Semaphore, type Task } from "wasyncio";
import type { SocketAddress } from "wasyncio/io";
import { serveByStreams } from "./httpByStreams.js";

/** A native async function; its task's signal ends the request when the task is cancelled. */
function get(url: string): Task<string> {
  return createTask(async ({ signal }) => {
    const response = await fetch(url, { signal });
    return `${response.status} ${await response.text()}`;
  });
}

/** Each page; no more than `limit` requests at once. */
export const fetchMany = coroutine(function* (urls: readonly string[], limit?: number) {
  const slots = new Semaphore(limit ?? 10);
  return yield* gather(urls.map((url) => slots.with(() => get(url))));
});

export async function fetchingMany(): Promise<void> {
  await run(function* () {
    const server = yield* serveByStreams();
    const { port } = server.sockets[0] as SocketAddress;
    const urls = Array.from({ length: 30 }, (_, i) => `http://127.0.0.1:${port}/${i % 10 === 0 ? "" : i}`);
    const pages = yield* fetchMany(urls);
    const found = pages.filter((page) => page.startsWith("200"));
    console.log(`${pages.length} pages, ${found.length} of them found`);
    server.close();
  });
}
