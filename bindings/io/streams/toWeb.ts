// The web's streams over ours.
import { checkBytes } from "../host/bytes.js";
import type { Task } from "../../tasks/task.js";
import type { StreamReader } from "./reader.js";
import type { StreamWriter } from "./writer.js";

/** Each pull is a read; the reader's own limit is the buffer, so the web's stream keeps none. */
export function readableOf(reader: StreamReader): ReadableStream<Uint8Array> {
  let reading: Task<Uint8Array> | null = null;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reading = reader._loop.createTask(reader.read(reader._limit));
        const data = await reading;
        reading = null;
        if (data.length === 0) controller.close();
        else controller.enqueue(data);
      },
      cancel() {
        reading?.cancel();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Closing it ends the writing half where there is one to end, and aborting it the connection. */
export function writableOf(writer: StreamWriter): WritableStream<Uint8Array> {
  const drain = (): Promise<void> => writer._loop.createTask(writer.drain()).then();
  return new WritableStream<Uint8Array>({
    write(chunk) {
      checkBytes(chunk, "a stream of bytes");
      writer.write(chunk);
      return drain();
    },
    async close() {
      await drain();
      if (writer.canWriteEof()) writer.writeEof();
      else writer.close();
    },
    abort() {
      writer.transport.abort();
    },
  });
}
