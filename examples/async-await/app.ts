// A crawler of pages that are not there, in plain async/await: async functions and generators, `for await`, `await using`,
// `finally`. Compiled onto the loop it can be cancelled wherever it waits, and its order is asyncio's.
import { gather, isCancelled, sleep, timeout, TimeoutError } from "wasyncio";
// TypeScript's output calls these; other compilers bring helpers of their own and drop the line.
// oxlint-disable-next-line no-unused-vars
import {
  __addDisposableResource,
  __asyncGenerator,
  __asyncValues,
  __await,
  __awaiter,
  __disposeResources,
} from "wasyncio/async/lazy";

type Print = (line: string) => void;

class Connection implements AsyncDisposable {
  readonly site: string;
  readonly delay: number;
  readonly print: Print;

  constructor(site: string, print: Print) {
    this.site = site;
    this.delay = site === "second" ? 150 : 100;
    this.print = print;
  }

  async fetch(page: number): Promise<string> {
    await sleep(this.delay);
    return `${this.site}/${page}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await sleep(1);
    this.print(`${this.site}: connection closed`);
  }
}

async function* pages(site: string, count: number, print: Print): AsyncGenerator<string> {
  // The linter does not see the class's method where the target lowers it.
  // oxlint-disable-next-line typescript/await-thenable
  await using connection = new Connection(site, print);
  for (let page = 1; page <= count; page++) yield await connection.fetch(page);
}

async function crawl(site: string, count: number, print: Print): Promise<number> {
  let found = 0;
  try {
    for await (const page of pages(site, count, print)) {
      found++;
      print(page);
    }
    return found;
  } catch (error) {
    if (isCancelled(error)) print(`${site}: cancelled after ${found}`);
    throw error;
  }
}

export async function app(print: Print): Promise<void> {
  const counts = await gather([crawl("first", 2, print), crawl("second", 3, print)]);
  print(`found ${counts.join(" and ")}`);
  try {
    await timeout(250, () => crawl("endless", Infinity, print));
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    print("timed out");
  }
}
