import type { Steps } from "wasyncio";
import type { StreamReader, StreamWriter } from "wasyncio/io";

/** What a server does with a connection: it sends back what comes. */
export function* echo(reader: StreamReader, writer: StreamWriter): Steps<void> {
  for (;;) {
    const data = yield* reader.read(65_536);
    if (data.length === 0) break;
    writer.write(data);
    yield* writer.drain();
  }
  writer.close();
}
