// Methods that are declared on the loop and come with another entry of the package: until that is imported they say so.
import { RuntimeError } from "../errors/errors.js";

export const IO_METHODS = [
  "createConnection",
  "createServer",
  "createUnixConnection",
  "createUnixServer",
  "createDatagramEndpoint",
  "connectReadPipe",
  "connectWritePipe",
  "startTls",
  "sendfile",
  "addReader",
  "removeReader",
  "addWriter",
  "removeWriter",
  "getaddrinfo",
  "getnameinfo",
  "subprocessExec",
  "subprocessShell",
  "addSignalHandler",
  "removeSignalHandler",
] as const;

/** Each of `names` throws a RuntimeError that names the entry to import. */
export function declareLater(prototype: object, names: readonly string[], entry: string): void {
  for (const name of names) {
    const value = (): never => {
      throw new RuntimeError(`import '${entry}' first: ${name}() comes with it`);
    };
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  }
}
