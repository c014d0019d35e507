// What a caller has to know; the package's types need none of the host's.

/** A pipe to this program, this program's own stream, nothing, or an open file by its number. */
export type ChildStream = "pipe" | "inherit" | "null" | number;

export interface SubprocessOptions {
  /** The child's standard input. */
  stdin?: ChildStream;
  /** The child's standard output. */
  stdout?: ChildStream;
  /** The child's standard error output; `"stdout"` sends it where its standard output goes, in the order of writing. */
  stderr?: ChildStream | "stdout";
  /** The directory that the child starts in; by default this program's. */
  cwd?: string | URL;
  /** All of the child's environment; by default this program's. */
  env?: Readonly<Record<string, string | undefined>>;
}
