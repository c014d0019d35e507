import { brand } from "./brand.js";

/** What an OSError can be given besides its message. */
export interface OSErrorOptions extends ErrorOptions {
  /** The host's own code, such as `ECONNREFUSED`; by default that of the class. */
  code?: string;
  /** The operating system's number for it, where the host tells. */
  errno?: number;
  /** The call that failed, where the host tells: `connect`, `read`, `getaddrinfo`. */
  syscall?: string;
}

/** The host or the operating system refused something; the base of TimeoutError, as in Python. */
export class OSError extends Error {
  declare code: string;
  declare errno?: number;
  declare syscall?: string;

  constructor(message?: string, options: OSErrorOptions = {}) {
    super(message, options);
    if (options.code !== undefined) this.code = options.code;
    if (options.errno !== undefined) this.errno = options.errno;
    if (options.syscall !== undefined) this.syscall = options.syscall;
  }
}
brand(OSError, "OSError", "WASYNCIO_OS_ERROR");

/** A deadline passed. `code` is `ETIMEDOUT` when the host raised it. */
export class TimeoutError extends OSError {}
brand(TimeoutError, "TimeoutError");
