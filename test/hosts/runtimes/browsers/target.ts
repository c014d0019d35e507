import { readdirSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../bundle.js";
import { root } from "../manifest.js";
import { failedResult } from "../result.js";
import { missingModules } from "../standIns/table.js";
import type { Report, Session, Target } from "../target.js";
import { unitTests } from "../testFiles.js";
import { BROWSERS, missingFor, RunningBrowser, type Browser } from "./launch.js";
import { PageServer } from "./server.js";
import { FRAMES, PAGE_SUITES, type PageSuite } from "./suites.js";

const SUITE_MS = 180_000;

const BUSY_LOOP = "dist/test/hosts/runtimes/page/busyLoop.js";
const IN_WORKER = "dist/test/hosts/runtimes/page/inWorker.js";

interface Split {
  readonly paths: readonly string[];
  /** For each module that is only Node's how many files can not run because of it. */
  readonly leftOut: readonly string[];
}

/** The files that can run in a page. */
function runnable(candidates: readonly string[]): Split {
  const paths: string[] = [];
  const counts = new Map<string, number>();
  for (const path of candidates) {
    const missing = missingModules(path)[0];
    if (missing === undefined) paths.push(path);
    else counts.set(missing, (counts.get(missing) ?? 0) + 1);
  }
  return { paths, leftOut: [...counts].map(([name, count]) => `left out: ${count} files that need ${name}`) };
}

function tourPrograms(): string[] {
  const names = readdirSync(join(root, "dist/examples/tour")).filter((name) => name.endsWith(".js"));
  return names.sort().map((name) => `dist/examples/tour/${name}`);
}

export const BROWSER_TARGETS: readonly Target[] = BROWSERS.map((browser) => ({
  name: browser.name,
  proof: browser.proof,
  missing: () => missingFor(browser),
  open: () => BrowserSession.open(browser),
}));

class BrowserSession implements Session {
  readonly suites;
  readonly #browser: Browser;
  readonly #server: PageServer;
  /** Notes by suite. */
  readonly #leftOut: Readonly<Record<string, readonly string[]>>;
  #running: RunningBrowser | null = null;

  static async open(browser: Browser): Promise<BrowserSession> {
    const tests = runnable([BUSY_LOOP, ...unitTests("browser")]);
    const tour = runnable(tourPrograms());
    const inWorker = await bundle(IN_WORKER);
    const server = new PageServer([...PAGE_SUITES, ...FRAMES], {
      "tests.json": () => JSON.stringify(tests.paths),
      "tour.json": () => JSON.stringify(tour.paths),
      "bundle/worker.js": () => inWorker,
    });
    await server.listen();
    return new BrowserSession(browser, server, { unit: tests.leftOut, tour: tour.leftOut });
  }

  private constructor(browser: Browser, server: PageServer, leftOut: Readonly<Record<string, readonly string[]>>) {
    this.#browser = browser;
    this.#server = server;
    this.#leftOut = leftOut;
    this.suites = PAGE_SUITES.map((suite) => ({ name: suite.name, run: () => this.#run(suite) }));
  }

  async close(): Promise<void> {
    await this.#running?.stop();
    await this.#server.close();
  }

  async #run(suite: PageSuite): Promise<Report> {
    const report = await this.#reportOf(suite);
    if (typeof report === "string") {
      await this.#running?.stop();
      this.#running = null;
      return { identity: "a browser that does not answer", result: failedResult(report) };
    }
    report.result.notes.push(...(this.#leftOut[suite.name] ?? []));
    return report;
  }

  /** What the page sends, or why nothing came. */
  async #reportOf(suite: PageSuite): Promise<Report | string> {
    const report = this.#server.nextReport();
    const url = this.#server.urlOf(suite);
    if (this.#running === null || !(await this.#server.lead(url))) {
      await this.#running?.stop();
      this.#running = new RunningBrowser(this.#browser, url);
    }
    const { child } = this.#running;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(`no report after ${SUITE_MS} ms:\n${child.tail(20)}`), SUITE_MS);
    });
    const ended = child.ended.then((status) => `the browser ended with ${status}:\n${child.tail(20)}`);
    const outcome = await Promise.race([report, late, ended]);
    clearTimeout(timer);
    return outcome;
  }
}
