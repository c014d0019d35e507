// A chat room: what one says, all hear.
import { coroutine, createTask, Event, run, type Steps } from "wasyncio";
import { openConnection, startServer, type SocketAddress, type StreamReader, type StreamWriter } from "wasyncio/io";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

class Room {
  private readonly members = new Map<string, StreamWriter>();

  /** Serves one member until it leaves, however it does. */
  *enter(reader: StreamReader, writer: StreamWriter): Steps<void> {
    const name = decoder.decode(yield* reader.readline()).trimEnd();
    this.members.set(name, writer);
    this.tell(`* ${name} has come`);
    try {
      for (;;) {
        const line = yield* reader.readline();
        if (line.length === 0) break;
        this.tell(`${name}: ${decoder.decode(line).trimEnd()}`);
      }
    } finally {
      this.members.delete(name);
      this.tell(`* ${name} has gone`);
      writer.close();
    }
  }

  private tell(text: string): void {
    for (const writer of this.members.values()) writer.write(encoder.encode(`${text}\n`));
  }
}

/** Says something in answer to what it hears; leaves when it has none. */
const visit = coroutine(function* (
  port: number,
  name: string,
  answers: Readonly<Record<string, string>>,
  entered: Event,
) {
  const [reader, writer] = yield* openConnection("127.0.0.1", port);
  writer.write(encoder.encode(`${name}\n`));
  for (;;) {
    const heard = decoder.decode(yield* reader.readline()).trimEnd();
    if (heard === `* ${name} has come`) entered.set();
    if (heard.startsWith(`* ${name} `) || heard.startsWith(`${name}:`)) continue;
    console.log(`${name} hears "${heard}"`);
    const answer = answers[heard];
    if (answer === undefined) break;
    writer.write(encoder.encode(`${answer}\n`));
  }
  writer.close();
});

export async function chat(): Promise<void> {
  await run(function* () {
    const room = new Room();
    const server = yield* startServer((reader, writer) => room.enter(reader, writer), "127.0.0.1", 0);
    const { port } = server.sockets[0] as SocketAddress;
    const adaIsIn = new Event();
    const ada = createTask(
      visit(port, "Ada", { "* Grace has come": "Hello Grace", "Grace: Hello Ada, and goodbye": "Goodbye" }, adaIsIn),
    );
    yield* adaIsIn.wait();
    yield* visit(port, "Grace", { "Ada: Hello Grace": "Hello Ada, and goodbye" }, new Event());
    yield* ada;
    server.close();
  });
}
