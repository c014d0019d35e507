import type { Result } from "./result.js";

/** What a suite found, and what the host that ran it says it is. */
export interface Report {
  readonly identity: string;
  readonly result: Result;
}

export interface Suite {
  readonly name: string;
  run(): Promise<Report>;
}

/** A host that has been started. */
export interface Session {
  readonly suites: readonly Suite[];
  close(): Promise<void>;
}

export interface Target {
  readonly name: string;
  /** What the identity has to be. */
  readonly proof: RegExp;
  /** Why the host can not be started here, or null. */
  missing(): string | null;
  open(): Promise<Session>;
}
