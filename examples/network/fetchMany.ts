// Many URLs, ten at a time.
import { coroutine, gather, run, Semaphore, wrapFuture, type Steps } from "wasyncio";
import type { SocketAddress } from "wasyncio/io";
import { serveByStreams } from "./httpByStreams.js";

/** One page. A cancellation ends the request as well. */
function* get(url: string): Steps<string> {
  const request = new AbortController();
  try {
    const response = yield* wrapFuture(fetch(url, { signal: request.signal }));
    return `${response.status} ${yield* wrapFuture(response.text())}`;
  } finally {
    request.abort();
  }
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
