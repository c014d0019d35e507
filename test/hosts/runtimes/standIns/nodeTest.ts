// In the place of `node:test`, where there is none: tests are collected and run one after the other.
import { emptyResult, type Result } from "../result.js";

const TEST_MS = 60_000;

interface Context {
  readonly name: string;
  diagnostic(text: string): void;
  skip(reason?: string): void;
}

type Body = (context: Context) => unknown;

interface Options {
  readonly skip?: boolean | string | undefined;
}

interface Test {
  readonly title: string;
  readonly skip: boolean | string | undefined;
  readonly body: Body;
}

const tests: Test[] = [];
const cleanUps: (() => unknown)[] = [];

export function test(title: string, options: Options | Body, body?: Body): void {
  if (typeof options === "function") tests.push({ title, skip: undefined, body: options });
  else tests.push({ title, skip: options.skip, body: body! });
}

/** After each test of the file. */
export function afterEach(cleanUp: () => unknown): void {
  cleanUps.push(cleanUp);
}

/** Runs what has been collected. */
export async function runTests(): Promise<Result> {
  const result = emptyResult();
  for (const each of tests) await runTest(each, result);
  return result;
}

async function runTest({ title, skip, body }: Test, result: Result): Promise<void> {
  let reason = skip === true ? "" : skip === false ? undefined : skip;
  const context: Context = { name: title, diagnostic: () => {}, skip: (why = "") => (reason = why) };
  try {
    if (reason === undefined) await inTime(body(context));
    for (const cleanUp of cleanUps) await cleanUp();
  } catch (error) {
    result.failed++;
    result.notes.push(`FAILED ${title}\n${describe(error).replace(/^/gm, "    ")}`);
    return;
  }
  if (reason === undefined) {
    result.passed++;
    return;
  }
  result.skipped++;
  result.notes.push(`skipped: ${title}: ${reason}`);
}

async function inTime(ending: unknown): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it has not ended after ${TEST_MS} ms`)), TEST_MS);
  });
  try {
    await Promise.race([ending, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The stack does not begin with the message in every engine. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? "";
  return stack.includes(error.message) ? stack : `${String(error)}\n${stack}`;
}
