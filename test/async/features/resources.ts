// `using` and `await using`. Node 20 has neither, so TypeScript's own lowering to promises is what they are compared with.
import assert from "node:assert/strict";
import type { Features } from "./features.js";
import "wasyncio";

class Resource implements AsyncDisposable {
  readonly name: string;
  readonly log: string[];

  constructor(name: string, log: string[]) {
    this.name = name;
    this.log = log;
    log.push(`open ${name}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.log.push(`closing ${this.name}`);
    await null;
    this.log.push(`closed ${this.name}`);
  }
}

const plain = (name: string, log: string[]): Disposable => ({
  [Symbol.dispose](): void {
    log.push(`disposed ${name}`);
  },
});

const broken = (message: string): AsyncDisposable => ({
  async [Symbol.asyncDispose](): Promise<void> {
    await null;
    throw new RangeError(message);
  },
});

async function useBoth(log: string[], throws: boolean): Promise<string> {
  await using first = new Resource("first", log);
  using second = plain("second", log);
  await using third = new Resource("third", log);
  log.push(`body ${[first, second, third].length}`);
  if (throws) throw new RangeError("body");
  return "result";
}

const OPENED = ["open first", "open third", "body 3"];
const CLOSED = ["closing third", "closed third", "disposed second", "closing first", "closed first"];

export const resources: Features = {
  "resources are disposed of in reverse, each awaited": async () => {
    const log: string[] = [];
    assert.equal(await useBoth(log, false), "result");
    assert.deepEqual(log, [...OPENED, ...CLOSED]);
  },
  "they are disposed of when the block throws": async () => {
    const log: string[] = [];
    await assert.rejects(useBoth(log, true), { message: "body" });
    assert.deepEqual(log, [...OPENED, ...CLOSED]);
  },
  "`await using` takes what has only Symbol.dispose, null and undefined": async () => {
    const log: string[] = [];
    {
      await using a = plain("a", log);
      await using b = null;
      await using c = undefined;
      log.push(String([a !== null, b, c].length));
    }
    assert.deepEqual(log, ["3", "disposed a"]);
  },
  "what cannot be disposed of is a TypeError, and what was opened before is closed": async () => {
    const log: string[] = [];
    await assert.rejects(async () => {
      await using _first = new Resource("first", log);
      await using _second = {} as AsyncDisposable;
    }, TypeError);
    assert.deepEqual(log, ["open first", "closing first", "closed first"]);
  },
  "an error of disposing of suppresses the body's": async () => {
    const run = async (): Promise<void> => {
      await using _broken = broken("disposal");
      throw new RangeError("body");
    };
    await assert.rejects(run(), (error) => {
      const { name, error: thrown, suppressed } = error as { name: string; error: Error; suppressed: Error };
      assert.deepEqual([name, thrown.message, suppressed.message], ["SuppressedError", "disposal", "body"]);
      return true;
    });
  },
  "each turn of a `for` loop disposes of its own": async () => {
    const log: string[] = [];
    for (const name of ["a", "b"]) {
      await using _resource = new Resource(name, log);
    }
    assert.deepEqual(log, ["open a", "closing a", "closed a", "open b", "closing b", "closed b"]);
  },
  "a `using` block without await stays synchronous": async () => {
    const log: string[] = [];
    const run = (): string => {
      using _resource = plain("it", log);
      return "result";
    };
    assert.equal(run(), "result");
    assert.deepEqual(log, ["disposed it"]);
  },
  "generators may hold resources": async () => {
    const log: string[] = [];
    async function* items(): AsyncGenerator<number, void, undefined> {
      await using _resource = new Resource("it", log);
      yield 1;
      yield 2;
    }
    for await (const _item of items()) break;
    assert.deepEqual(log, ["open it", "closing it", "closed it"]);
  },
};
