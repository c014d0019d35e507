// A database for the example, in this process: it takes a line with a key and answers with a value, one at a time on each
// connection, and only so many connections.
import { sleep, type Coroutine, type Steps } from "wasyncio";
import { startServer, type Server, type StreamReader, type StreamWriter } from "wasyncio/io";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const QUERY_MS = 20;

export class Database {
  /** How many connections were open at once, at most. */
  maxConnections = 0;
  private connections = 0;

  /** Listens at a free port of this machine. */
  start(): Coroutine<Server> {
    return startServer((reader, writer) => this.serve(reader, writer), "127.0.0.1", 0);
  }

  private *serve(reader: StreamReader, writer: StreamWriter): Steps<void> {
    this.connections++;
    this.maxConnections = Math.max(this.maxConnections, this.connections);
    for (;;) {
      const key = decoder.decode(yield* reader.readline()).trimEnd();
      if (key === "") break;
      yield* sleep(QUERY_MS);
      writer.write(encoder.encode(`value of ${key}\n`));
    }
    this.connections--;
    writer.close();
  }
}
