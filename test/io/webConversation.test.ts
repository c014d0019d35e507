// The web's streams over ours, between a client and a server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createTask, wrapFuture } from "../../bindings/index.js";
import { connected, echo } from "./connectedStreams.js";

test("a whole conversation through toWeb: closing the WritableStream ends the writing half", async () => {
  await connected(echo, function* (reader, writer) {
    const answer = wrapFuture(new Response(reader.toWeb()).text());
    const input = new Blob(["a".repeat(100_000), "b"]).stream();
    yield* wrapFuture(input.pipeTo(writer.toWeb()));
    assert.equal((yield* answer).length, 100_001);
  });
});

test("aborting the WritableStream aborts the connection", async () => {
  await connected(echo, function* (reader, writer) {
    const reading = createTask(reader.read());
    yield* wrapFuture(writer.toWeb().abort());
    assert.ok(writer.isClosing());
    yield* reading;
  });
});
