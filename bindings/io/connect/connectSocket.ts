// One attempt to connect one socket.
import type { NetConnectOpts, Socket } from "node:net";
import type { Future } from "../../futures/future.js";
import type { EventLoop } from "../../loop/eventLoop.js";
import { builtin } from "../host/builtin.js";
import { HostOperation } from "../host/hostOperation.js";

function ignore(): void {}

/** A socket without a listener for errors would end the program. */
export function tolerateErrors(socket: Socket): void {
  socket.on("error", ignore);
}

/** What becomes of a connected socket that nobody takes. */
export function destroy(socket: Socket): void {
  socket.destroy();
}

/** A connected socket that reads nothing before it is resumed; half-open ends are its user's to close. */
export function connectSocket(loop: EventLoop, options: NetConnectOpts): Future<Socket> {
  const socket = new (builtin("node:net").Socket)({ allowHalfOpen: true });
  const operation = new HostOperation<Socket>(loop, () => socket.destroy());
  const onError = (error: unknown): void => {
    socket.destroy();
    operation.fail(error);
  };
  tolerateErrors(socket);
  socket.once("error", onError);
  socket.once("connect", () => {
    socket.off("error", onError);
    if (!operation.succeed(socket)) socket.destroy();
  });
  socket.pause();
  try {
    socket.connect(options);
  } catch (error) {
    onError(error);
  }
  return operation.future;
}
