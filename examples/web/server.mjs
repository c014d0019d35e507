// node server.mjs [PORT]
import { serve } from "@hono/node-server";
import { app } from "./app.mjs";

const port = Number(process.argv[2] ?? 8080);
const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, (address) => {
  console.log(`http://127.0.0.1:${address.port}/ and http://127.0.0.1:${address.port}/hello/you`);
});
process.once("SIGINT", () => server.close());
