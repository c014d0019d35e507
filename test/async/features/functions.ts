// What an async function can do, in plain JavaScript terms: each of these holds for native async functions as well, and
// is run natively too, which proves the expectations.
import assert from "node:assert/strict";
import type { Features } from "./features.js";

class Base {
  readonly word: string = "base";

  async greet(name: string): Promise<string> {
    await null;
    return `hello ${name}`;
  }

  static async made(): Promise<string> {
    return `made by ${this.name}`;
  }
}

class Derived extends Base {
  override readonly word: string = "derived";

  override async greet(name: string): Promise<string> {
    const greeting = await super.greet(name);
    return `${greeting} from ${this.word}`;
  }

  async greetInArrow(name: string): Promise<string> {
    const greet = async (who: string): Promise<string> => {
      const greeting = await super.greet(who);
      return `${greeting}, ${this.word}`;
    };
    return greet(name);
  }

  static override async made(): Promise<string> {
    return `${await super.made()}, derived`;
  }
}

async function withArguments(..._numbers: number[]): Promise<number> {
  const before = arguments.length;
  await null;
  return before + arguments.length;
}

async function withDefaults(a: number, b = a + 1, { c = b + 1 } = {}): Promise<number[]> {
  await null;
  return [a, b, c];
}

async function failingDefault(_value: unknown = fail("default")): Promise<void> {}

function fail(message: string): never {
  throw new RangeError(message);
}

async function later<T>(value: T): Promise<T> {
  await null;
  return value;
}

async function laterFailing(message: string): Promise<never> {
  await null;
  throw new RangeError(message);
}

async function order(log: string[], throws: boolean): Promise<string> {
  try {
    log.push("try");
    await later(1);
    if (throws) await laterFailing("in try");
    return await later("result");
  } catch (error) {
    log.push(`caught ${(error as Error).message}`);
    return later("recovered");
  } finally {
    await later(2);
    log.push("finally");
  }
}

export const functions: Features = {
  "the result is what the body returns": async () => {
    assert.equal(await later("result"), "result");
  },
  "an error of the body, thrown before or after an await, rejects": async () => {
    await assert.rejects(async () => fail("at once"), RangeError);
    await assert.rejects(laterFailing("later"), RangeError);
  },
  "methods, static methods and functions called on an object have their `this`": async () => {
    assert.equal(await new Base().greet("you"), "hello you");
    assert.equal(await Base.made(), "made by Base");
    const word = async function (this: Base): Promise<string> {
      await null;
      return this.word;
    };
    assert.equal(await word.call(new Derived()), "derived");
  },
  "`super` is the parent's method, after an await too": async () => {
    assert.equal(await new Derived().greet("you"), "hello you from derived");
    assert.equal(await Derived.made(), "made by Derived, derived");
  },
  "an arrow function has the `this` and `super` of the method around it": async () => {
    assert.equal(await new Derived().greetInArrow("you"), "hello you, derived");
  },
  "`arguments` are those of the call": async () => {
    assert.equal(await withArguments(1, 2, 3), 6);
  },
  "parameters have defaults, and may be taken apart": async () => {
    assert.deepEqual(await withDefaults(1), [1, 2, 3]);
    assert.deepEqual(await withDefaults(1, 5, { c: 7 }), [1, 5, 7]);
  },
  "an error in a parameter's default rejects, and is not thrown by the call": async () => {
    const call = failingDefault();
    await assert.rejects(call, RangeError);
  },
  "try, catch and finally keep their order around awaits": async () => {
    const log: string[] = [];
    assert.equal(await order(log, false), "result");
    assert.equal(await order(log, true), "recovered");
    assert.deepEqual(log, ["try", "finally", "try", "caught in try", "finally"]);
  },
  "a loop may await, break and continue": async () => {
    const seen: number[] = [];
    for (let i = 0; ; i++) {
      if ((await later(i)) === 1) continue;
      seen.push(i);
      if (i === 3) break;
    }
    assert.deepEqual(seen, [0, 2, 3]);
  },
  "what is not awaitable comes back from await": async () => {
    for (const value of [undefined, null, 0, "", false, { then: 1 }]) assert.equal(await value, value);
  },
  "await and return flatten": async () => {
    const nested = async (): Promise<Promise<string>> => later(later("inner"));
    assert.equal(await nested(), "inner");
    assert.equal(await later(Promise.resolve(later("innermost"))), "innermost");
  },
  "a foreign thenable is awaited; what its `then` throws rejects": async () => {
    const thenable = { then: (resolve: (value: string) => void): void => resolve("given") };
    // What is awaited here has a `then`, which is all that `await` asks for.
    assert.equal(await (thenable as unknown as PromiseLike<string>), "given");
    const broken = { then: (): never => fail("then") } as unknown as PromiseLike<string>;
    await assert.rejects(async () => await broken, RangeError);
  },
  "what a call returns may be awaited twice": async () => {
    const call = later("value");
    assert.equal(await call.then((value) => `${value}!`), "value!");
    assert.equal(await call, "value");
  },
  "what a call returns has then, catch and finally": async () => {
    const log: string[] = [];
    assert.equal(await later("value").then((value) => `${value}!`), "value!");
    assert.equal(await laterFailing("late").catch((error: unknown) => (error as Error).message), "late");
    assert.equal(await later(3).finally(() => log.push("finally")), 3);
    assert.deepEqual(log, ["finally"]);
  },
  "Promise.all, race and allSettled take calls": async () => {
    assert.deepEqual(await Promise.all([later(1), later("two"), 3]), [1, "two", 3]);
    assert.equal(await Promise.race([later("first"), new Promise(() => {})]), "first");
    const [good, bad] = await Promise.allSettled([later(1), laterFailing("bad")]);
    assert.deepEqual([good.status, bad.status], ["fulfilled", "rejected"]);
  },
};
