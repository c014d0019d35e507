/*
 * http.js ours|native: what a server adapter pays for a request, through toFetchHandler and without it. The adapter is
 * that of the web example, installed there and not known to the compiler.
 */
import { createRequire } from "node:module";
import type { AddressInfo, Server } from "node:net";
import { pathToFileURL } from "node:url";
import { toFetchHandler } from "wasyncio";
import { measureUnderLoad } from "./underLoad.js";

interface Adapter {
  serve(
    options: { fetch: (request: Request) => Promise<Response>; port: number; hostname: string },
    onListening: (address: AddressInfo) => void,
  ): Server;
}

const example = new URL("../../../examples/web/package.json", import.meta.url);
const path = createRequire(example).resolve("@hono/node-server");
const { serve } = (await import(pathToFileURL(path).href)) as Adapter;

const handlers: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
  ours: toFetchHandler(function* (request: Request) {
    yield;
    return new Response(`Hello from ${request.url}`);
  }),
  native: async (request) => {
    await null;
    return new Response(`Hello from ${request.url}`);
  },
};

const port = await new Promise<number>((resolve) => {
  serve({ fetch: handlers[process.argv[2]!]!, port: 0, hostname: "127.0.0.1" }, (address) => resolve(address.port));
});
console.log(await measureUnderLoad(port, "http"));
process.exit();
