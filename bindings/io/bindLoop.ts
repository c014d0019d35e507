// Importing this gives EventLoop its I/O methods.
import { EventLoop } from "../loop/eventLoop.js";
import { createConnection } from "./connect/createConnection.js";
import { sendfile } from "./connect/sendfile.js";
import { createUnixConnection } from "./connect/unix.js";
import { createDatagramEndpoint } from "./datagram/createDatagramEndpoint.js";
import { addReader, addWriter, removeReader, removeWriter } from "./host/readiness.js";
import { getaddrinfo, getnameinfo } from "./host/resolve.js";
import { connectReadPipe, connectWritePipe } from "./pipes/connectPipes.js";
import { createServer } from "./server/createServer.js";
import { createUnixServer } from "./server/createUnixServer.js";
import { addSignalHandler, removeSignalHandler } from "./signals/signalHandlers.js";
import { subprocessExec, subprocessShell } from "./subprocess/subprocessMethods.js";
import { startTls } from "./tls/startTls.js";

const methods = {
  createConnection,
  createServer,
  createUnixConnection,
  createUnixServer,
  createDatagramEndpoint,
  connectReadPipe,
  connectWritePipe,
  startTls,
  sendfile,
  addReader,
  removeReader,
  addWriter,
  removeWriter,
  getaddrinfo,
  getnameinfo,
  subprocessExec,
  subprocessShell,
  addSignalHandler,
  removeSignalHandler,
};

for (const [name, value] of Object.entries(methods)) {
  Object.defineProperty(EventLoop.prototype, name, { value, configurable: true, writable: true });
}
