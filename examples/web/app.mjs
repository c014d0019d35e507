// The classic web application: two routes, each of which waits half a second, as if for a database.
import { Hono } from "hono";
import { coroutine, sleep, toFetchHandler } from "wasyncio";

const WAIT_MS = 500;

/** A route of Hono that is a coroutine: a task, cancelled when the client goes away. */
const route = (body) => (context) => toFetchHandler(() => body(context))(context.req.raw);

const index = coroutine(function* (context) {
  yield* sleep(WAIT_MS);
  return context.text("Welcome!\n");
});

const hello = coroutine(function* (context) {
  yield* sleep(WAIT_MS);
  return context.text(`Hello, ${context.req.param("name")}!\n`);
});

export const app = new Hono();
app.get("/", route(index));
app.get("/hello/:name", route(hello));
