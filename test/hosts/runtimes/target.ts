import type { Result } from "./result.js";

export interface Suite {
  readonly name: string;
  run(): Promise<Result>;
}

/** A host that has been started. */
export interface Session {
  readonly suites: readonly Suite[];
  /** What the host says it is, asked anew before each suite. */
  identify(): Promise<string>;
  close(): Promise<void>;
}

export interface Target {
  readonly name: string;
  /** What `identify` has to answer. */
  readonly proof: RegExp;
  /** Why the host can not be started here, or null. */
  missing(): string | null;
  open(): Promise<Session>;
}
