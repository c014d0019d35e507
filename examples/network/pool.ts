// A pool of connections in front of a database, fed by a bounded queue of requests: whoever asks waits for room in the
// queue, the workers of the pool take turns at the database.
import { Future, gather, Queue, run, taskGroup, type Steps } from "wasyncio";
import { openConnection, type SocketAddress } from "wasyncio/io";
import { Database } from "./database.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

interface Query {
  readonly key: string;
  readonly answer: Future<string>;
}

class Pool {
  private readonly queries: Queue<Query>;

  constructor(maxWaiting: number) {
    this.queries = new Queue(maxWaiting);
  }

  /** The database's answer; waits while too many queries wait already. */
  *ask(key: string): Steps<string> {
    const answer = new Future<string>();
    yield* this.queries.put({ key, answer });
    return yield* answer;
  }

  /** One connection, until it is cancelled. */
  *work(port: number): Steps<void> {
    const [reader, writer] = yield* openConnection("127.0.0.1", port);
    try {
      for (;;) {
        const { key, answer } = yield* this.queries.get();
        writer.write(encoder.encode(`${key}\n`));
        answer.setResult(decoder.decode(yield* reader.readline()).trimEnd());
      }
    } finally {
      writer.close();
    }
  }
}

export async function pool(): Promise<void> {
  await run(function* () {
    const database = new Database();
    const server = yield* database.start();
    const { port } = server.sockets[0] as SocketAddress;
    const pool = new Pool(5);
    const answers = yield* taskGroup(function* (group) {
      const workers = [1, 2, 3].map(() => group.createTask(pool.work(port)));
      const keys = Array.from({ length: 30 }, (_, i) => `key ${i + 1}`);
      const answers = yield* gather(keys.map((key) => pool.ask(key)));
      for (const worker of workers) worker.cancel();
      return answers;
    });
    console.log(`${answers.length} answers, from "${answers[0]}" to "${answers.at(-1)}"`);
    console.log(`over ${database.maxConnections} connections`);
    server.close();
  });
}
