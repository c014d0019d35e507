// A web server of a few lines, by streams: it reads the head of a request and answers.
import { coroutine } from "wasyncio";
import { startServer, type Server, type StreamReader, type StreamWriter } from "wasyncio/io";

const decoder = new TextDecoder();
const END_OF_HEAD = new TextEncoder().encode("\r\n\r\n");

/** The bytes of an answer to be closed after it. */
export function answer(status: string, page: string, server: string): Uint8Array {
  const head = [
    `HTTP/1.0 ${status}`,
    `Server: ${server}`,
    "Content-Type: text/plain",
    `Content-Length: ${new TextEncoder().encode(page).length}`,
  ];
  return new TextEncoder().encode(`${head.join("\r\n")}\r\n\r\n${page}`);
}

/** What to answer to the first line of a request. */
export function answerTo(requestLine: string, server: string): Uint8Array {
  const [method, path] = requestLine.split(" ");
  if (method !== "GET") return answer("405 Method Not Allowed", "only GET\n", server);
  return path === "/" ? answer("200 OK", "hello\n", server) : answer("404 Not Found", `no ${path} here\n`, server);
}

const serve = coroutine(function* (reader: StreamReader, writer: StreamWriter) {
  try {
    const head = decoder.decode(yield* reader.readuntil(END_OF_HEAD));
    writer.write(answerTo(head.split("\r\n", 1)[0]!, "streams"));
    yield* writer.drain();
  } finally {
    writer.close();
  }
});

/** Listens at a free port of this machine. */
export const serveByStreams = coroutine(function* (): Generator<unknown, Server> {
  return yield* startServer(serve, "127.0.0.1", 0);
});
