// What a host throws, as Python's classes. The host's own error stays reachable as the cause.
import { OSError, TimeoutError } from "./osError.js";
import {
  BlockingIOError,
  BrokenPipeError,
  ChildProcessError,
  ConnectionAbortedError,
  ConnectionRefusedError,
  ConnectionResetError,
  FileExistsError,
  FileNotFoundError,
  InterruptedError,
  IsADirectoryError,
  NotADirectoryError,
  PermissionError,
  ProcessLookupError,
} from "./osErrors.js";
import type { OSErrorOptions } from "./osError.js";

type OSErrorClass = new (message?: string, options?: OSErrorOptions) => OSError;

/** As in Python's table of errno values. */
const CLASSES: Readonly<Record<string, OSErrorClass>> = {
  EACCES: PermissionError,
  EPERM: PermissionError,
  EAGAIN: BlockingIOError,
  EALREADY: BlockingIOError,
  EINPROGRESS: BlockingIOError,
  EWOULDBLOCK: BlockingIOError,
  ECHILD: ChildProcessError,
  ECONNABORTED: ConnectionAbortedError,
  ECONNREFUSED: ConnectionRefusedError,
  ECONNRESET: ConnectionResetError,
  EPIPE: BrokenPipeError,
  ESHUTDOWN: BrokenPipeError,
  EEXIST: FileExistsError,
  ENOENT: FileNotFoundError,
  EINTR: InterruptedError,
  EISDIR: IsADirectoryError,
  ENOTDIR: NotADirectoryError,
  ESRCH: ProcessLookupError,
  ETIMEDOUT: TimeoutError,
};

interface HostError {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly syscall?: unknown;
}

/** The OSError for what the host has thrown: its code, errno and syscall, and the host's error as the cause. */
export function osErrorOf(hostError: unknown): OSError {
  if (hostError instanceof OSError) return hostError;
  const { message, code, errno, syscall } = (hostError ?? {}) as HostError;
  const options: OSErrorOptions = { cause: hostError };
  if (typeof code === "string") options.code = code;
  if (typeof errno === "number") options.errno = errno;
  if (typeof syscall === "string") options.syscall = syscall;
  const text = typeof message === "string" && message !== "" ? message : String(code ?? hostError);
  return new (CLASSES[options.code ?? ""] ?? OSError)(text, options);
}
