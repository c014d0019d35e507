// What the host is asked to run.
//
// No host can give a child one pipe as both of its outputs. A shell can, in the child itself: it points standard errors at
// standard output and then becomes the program, under the same process id. What the host would have refused to start has
// to be found out before that.
import { RuntimeError } from "../../errors/errors.js";
import { osErrorOf } from "../../errors/hostError.js";
import type { OSError } from "../../errors/osError.js";
import { builtin } from "../host/builtin.js";
import type { ChildSetup } from "./options.js";

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** The host passes the program's text to the system's shell. */
  readonly isShell: boolean;
}

/** Sets variables that it was not given; a program is to see the environment that its caller chose. */
const UNSET = "unset PWD OLDPWD SHLVL _";
const MERGE = "exec 2>&1";
const BECOME = 'exec "$@"';

const SHELL = "/bin/sh";

/** What has to be run for `command` to have both outputs in one pipe. */
export function merged(command: Command, setup: ChildSetup): Command {
  if (!isPosix()) {
    throw new RuntimeError('stderr: "stdout" with a pipe needs a POSIX shell, which Windows does not have');
  }
  if (command.isShell) return { ...command, program: `${MERGE}\n${command.program}` };
  const path = findProgram(command.program, setup);
  const unset = UNSET.split(" ").filter((word) => environment(setup)[word] === undefined);
  const script = `${MERGE}; ${unset.length > 1 ? `${unset.join(" ")}; ` : ""}${BECOME}`;
  return { program: SHELL, args: ["-c", script, SHELL, path, ...command.args], isShell: false };
}

function isPosix(): boolean {
  return (globalThis as { process?: { platform?: string } }).process?.platform !== "win32";
}

function environment(setup: ChildSetup): Readonly<Record<string, string | undefined>> {
  return setup.host.env ?? process.env;
}

/** The program as a search of PATH finds it; the host's error when it would not start it. */
function findProgram(program: string, setup: ChildSetup): string {
  const { X_OK, accessSync, statSync } = { ...builtin("node:fs"), ...builtin("node:fs").constants };
  const { resolve } = builtin("node:path");
  const folder = folderOf(setup);
  const isPath = program.includes("/");
  const folders = isPath ? [""] : (environment(setup)["PATH"] ?? "/usr/bin:/bin").split(":");
  let refused = false;
  for (const entry of folders) {
    const path = isPath ? program : `${entry === "" ? "." : entry}/${program}`;
    const file = resolve(folder, path);
    try {
      if (!statSync(file).isDirectory()) {
        accessSync(file, X_OK);
        return path;
      }
      refused = true;
    } catch (error) {
      refused ||= (error as { code?: unknown }).code === "EACCES";
    }
  }
  throw startError(program, refused ? "EACCES" : "ENOENT");
}

/** The directory that the child starts in. */
export function folderOf(setup: ChildSetup): string {
  const { cwd } = setup.host;
  if (cwd === undefined) return process.cwd();
  return typeof cwd === "string" ? cwd : builtin("node:url").fileURLToPath(cwd);
}

/** As Node words it. */
function startError(program: string, code: "EACCES" | "ENOENT"): OSError {
  const syscall = `spawn ${program}`;
  const errno = -builtin("node:os").constants.errno[code];
  return osErrorOf({ message: `${syscall} ${code}`, code, errno, syscall });
}
