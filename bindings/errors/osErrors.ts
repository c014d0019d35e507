// Python's names for what a host or operating system can refuse.
import { brand } from "./brand.js";
import { OSError } from "./osError.js";

/** What was asked for would have to be waited for. */
export class BlockingIOError extends OSError {}
brand(BlockingIOError, "BlockingIOError");

/** A child process is not there to be waited for. */
export class ChildProcessError extends OSError {}
brand(ChildProcessError, "ChildProcessError");

/** A connection could not be made, or ended against somebody's will. */
export class ConnectionError extends OSError {}
brand(ConnectionError, "ConnectionError");

/** Written to a pipe or socket whose other end is closed. */
export class BrokenPipeError extends ConnectionError {}
brand(BrokenPipeError, "BrokenPipeError");

/** The connection was given up on this side. */
export class ConnectionAbortedError extends ConnectionError {}
brand(ConnectionAbortedError, "ConnectionAbortedError");

/** Nobody listens at the address. */
export class ConnectionRefusedError extends ConnectionError {}
brand(ConnectionRefusedError, "ConnectionRefusedError");

/** The peer has ended the connection without saying so. */
export class ConnectionResetError extends ConnectionError {}
brand(ConnectionResetError, "ConnectionResetError");

/** What should be made is there already. */
export class FileExistsError extends OSError {}
brand(FileExistsError, "FileExistsError");

/** There is no file, directory or unix socket of that name. */
export class FileNotFoundError extends OSError {}
brand(FileNotFoundError, "FileNotFoundError");

/** A signal came in between. */
export class InterruptedError extends OSError {}
brand(InterruptedError, "InterruptedError");

/** A file was expected where a directory is. */
export class IsADirectoryError extends OSError {}
brand(IsADirectoryError, "IsADirectoryError");

/** A directory was expected where something else is. */
export class NotADirectoryError extends OSError {}
brand(NotADirectoryError, "NotADirectoryError");

/** The program may not do that. */
export class PermissionError extends OSError {}
brand(PermissionError, "PermissionError");

/** There is no such process. */
export class ProcessLookupError extends OSError {}
brand(ProcessLookupError, "ProcessLookupError");
