// The host's events of a socket. One function for all sockets each: the socket names its transport.
import type { Socket } from "node:net";

/** @internal What a socket tells. */
export interface SocketEvents {
  _receive(chunk: Uint8Array): void;
  _receiveEnd(): void;
  _receiveFailure(error: unknown): void;
  _receiveClose(hasEnded: boolean): void;
}

const TOLD = Symbol("wasyncio.transport");

type Watched = Socket & { [TOLD]?: SocketEvents | null };

function onData(this: Watched, chunk: Uint8Array): void {
  this[TOLD]?._receive(chunk);
}

function onEnd(this: Watched): void {
  this[TOLD]?._receiveEnd();
}

function onError(this: Watched, error: unknown): void {
  this[TOLD]?._receiveFailure(error);
}

function onClose(this: Watched): void {
  this[TOLD]?._receiveClose(this.readableEnded);
}

/** `events` is told from now on what the socket has to tell. A socket that is to wait is paused before. */
export function watchSocket(socket: Socket, events: SocketEvents): void {
  const watched = socket as Watched;
  watched[TOLD] = events;
  socket.on("data", onData);
  socket.on("end", onEnd);
  socket.on("error", onError);
  socket.on("close", onClose);
}

/** Whether a transport has the stream. */
export function isWatched(stream: object): boolean {
  return ((stream as Watched)[TOLD] ?? null) !== null;
}

/** Nobody is told any more; the listener for errors stays, since without one an error would end the program. */
export function unwatchSocket(socket: Socket): void {
  const watched = socket as Watched;
  watched[TOLD] = null;
  socket.off("data", onData);
  socket.off("end", onEnd);
  socket.off("close", onClose);
}
