import { brand } from "./brand.js";

/** What an OSError can be given besides its message. */
export interface OSErrorOptions extends ErrorOptions {
  /** The host's own code, such as `ECONNREFUSED`; by default that of the class. */
  code?: string;
}

/** The host or the operating system refused something; the base of TimeoutError, as in Python. */
export class OSError extends Error {
  declare code: string;

  constructor(message?: string, options: OSErrorOptions = {}) {
    super(message, options);
    if (options.code !== undefined) this.code = options.code;
  }
}
brand(OSError, "OSError", "WASYNCIO_OS_ERROR");

/** A deadline passed. `code` is `ETIMEDOUT` when the host raised it. */
export class TimeoutError extends OSError {}
brand(TimeoutError, "TimeoutError");
