import { brand } from "./brand.js";
import { RuntimeError } from "./errors.js";

/** The system's own way to send a file is not at hand, and no other was wanted. */
export class SendfileNotAvailableError extends RuntimeError {}
brand(SendfileNotAvailableError, "SendfileNotAvailableError");
