// What a child is started with: the checks of it, and the host's words for it.
import type { SpawnOptions } from "node:child_process";
import { describe } from "../../errors/checks.js";
import { ValueError } from "../../errors/errors.js";
import type { ChildStream, SubprocessOptions } from "./subprocessOptions.js";

/** What has been checked, without anything left out. */
export interface ChildSetup {
  readonly stdin: ChildStream;
  readonly stdout: ChildStream;
  /** Never "stdout" unless that is a pipe: everything else has a name of its own. */
  readonly stderr: ChildStream | "stdout";
  readonly host: Pick<SpawnOptions, "cwd" | "env">;
}

const NUL = "\0";

/** TypeError or ValueError for what no child can be started with. */
export function checkSetup(options: unknown, byDefault: ChildStream, where: string): ChildSetup {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`${where} expects an object of options, got ${describe(options)}`);
  }
  const { stdin = byDefault, stdout = byDefault, stderr = byDefault, cwd, env } = options as SubprocessOptions;
  checkStream(stdin, "stdin");
  checkStream(stdout, "stdout");
  if (stderr !== "stdout") checkStream(stderr, "stderr");
  const host: Pick<SpawnOptions, "cwd" | "env"> = {};
  if (cwd !== undefined) host.cwd = checkDirectory(cwd);
  if (env !== undefined) host.env = checkEnvironment(env);
  return { stdin, stdout, stderr: stderr === "stdout" ? sharedWith(stdout) : stderr, host };
}

function checkStream(stream: unknown, name: string): asserts stream is ChildStream {
  if (stream === "pipe" || stream === "inherit" || stream === "null") return;
  if (typeof stream === "number" && Number.isInteger(stream)) {
    if (stream >= 0) return;
    throw new ValueError(`${name} expects a file descriptor >= 0, got ${stream}`);
  }
  const shared = name === "stderr" ? `, "stdout"` : "";
  throw new TypeError(
    `${name} expects "pipe", "inherit", "null"${shared} or a file descriptor, got ${describe(stream)}`,
  );
}

function sharedWith(stdout: ChildStream): ChildStream | "stdout" {
  if (stdout === "pipe") return "stdout";
  return stdout === "inherit" ? 1 : stdout;
}

function checkDirectory(cwd: unknown): string | URL {
  if (typeof cwd === "string") return checkText(cwd, "cwd");
  if (cwd instanceof URL) return cwd;
  throw new TypeError(`cwd expects a path or a file: URL, got ${describe(cwd)}`);
}

function checkEnvironment(env: unknown): Record<string, string> {
  if (typeof env !== "object" || env === null) {
    throw new TypeError(`env expects an object of strings, got ${describe(env)}`);
  }
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    if (typeof value !== "string") throw new TypeError(`env.${name} must be a string, got ${describe(value)}`);
    checked[checkText(name, "a name in env")] = checkText(value, `env.${name}`);
  }
  return checked;
}

/** The operating system ends each text with a NUL, so there can be none in it. */
export function checkText(text: unknown, what: string): string {
  if (typeof text !== "string") throw new TypeError(`${what} must be a string, got ${describe(text)}`);
  if (text.includes(NUL)) throw new ValueError(`${what} has an embedded null character: ${describe(text)}`);
  return text;
}

/** The arguments of a program, without its name. */
export function checkArguments(args: unknown, where: string): string[] {
  if (!Array.isArray(args)) {
    throw new TypeError(`${where} expects the program's arguments as an array of strings, got ${describe(args)}`);
  }
  return args.map((arg: unknown, i) => checkText(arg, `argument ${i} of the program`));
}
