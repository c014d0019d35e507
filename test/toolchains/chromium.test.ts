// The example application as Vite builds it for browsers, in Chromium: Debian's, driven by playwright-core.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import { after, test } from "node:test";
import { BUILT, buildWithVite, PRINTED, removeBuilt } from "./app.js";
import { ensureInstalled, requirePackage } from "./manifest.js";

const CHROMIUM = "/usr/bin/chromium";

interface Page {
  on(event: "console" | "pageerror", listener: (message: { text(): string; message: string }) => void): void;
  goto(url: string): Promise<unknown>;
  waitForEvent(event: "console", options: object): Promise<unknown>;
  evaluate<T>(expression: string): Promise<T>;
}

interface Playwright {
  readonly chromium: {
    launch(options: object): Promise<{ newPage(): Promise<Page>; close(): Promise<void> }>;
  };
}

ensureInstalled();
after(removeBuilt);

const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript" };

/** Serves a folder until it is closed. */
async function serve(folder: string): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url!, "http://host").pathname).replace(/\/$/, "/index.html");
    const file = join(folder, path);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[file.slice(file.lastIndexOf("."))] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

test("Vite's build of the application runs in Chromium", { timeout: 60_000 }, async () => {
  assert.ok(existsSync(CHROMIUM), `${CHROMIUM} is not there: apt-get install chromium`);
  const folder = join(BUILT, "browser");
  await buildWithVite(folder);
  const { chromium } = requirePackage("playwright-core") as Playwright;
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    const lines: string[] = [];
    const errors: string[] = [];
    page.on("console", (message) => lines.push(message.text()));
    page.on("pageerror", ({ message }) => errors.push(message));
    const ended = page.waitForEvent("console", {
      predicate: (message: { text(): string }) => message.text() === PRINTED.at(-1),
      timeout: 30_000,
    });
    await page.goto(server.url);
    assert.match(await page.evaluate<string>("navigator.userAgent"), /\b(?:Headless)?Chrome\/\d/);
    await ended;
    assert.deepEqual([lines.filter((line) => !line.startsWith("Failed to load")), errors], [PRINTED, []]);
  } finally {
    await browser.close();
    server.close();
  }
});
