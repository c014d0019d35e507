// The other end of the sockets of workerd's tests, in the process that runs them.
import { createServer, type AddressInfo, type Server } from "node:net";

/** Echoes; `sum` is answered by a number at the end, `reset` by a reset, `bye` by the end. */
export function startSocketServer(): Promise<{ port: number; server: Server }> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let command = "";
    let received = 0;
    socket.on("error", () => {});
    socket.on("data", (data) => {
      if (command === "") command = data.toString("latin1").split("\n", 1)[0]!;
      received += data.length;
      if (command === "reset") socket.resetAndDestroy();
      else if (command === "bye") socket.end("12345");
      else if (command !== "sum") socket.write(data);
    });
    socket.on("end", () => socket.end(command === "sum" ? String(received) : ""));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve({ port: (server.address() as AddressInfo).port, server }));
  });
}
