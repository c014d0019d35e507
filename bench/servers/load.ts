/*
 * load.js PORT KIND
 *
 * Many connections that ask a server on this machine and wait for each answer: `echo` sends 1 KiB and takes it back,
 * `http` asks for a page by keep-alive. A process of its own, so that the server's CPU time is the server's alone. Tells
 * its parent when the server is warm, and when all is answered.
 */
import { connect, type Socket } from "node:net";

const CONNECTIONS = 64;
const WARM_UP = 500;
const REQUESTS = 1_000;

const [port, kind] = process.argv.slice(2) as [port: string, kind: "echo" | "http"];

const QUESTIONS = {
  echo: Buffer.alloc(1024, 0x61),
  http: Buffer.from("GET /hello/world HTTP/1.1\r\nHost: localhost\r\n\r\n"),
};
const question = QUESTIONS[kind];

/** Asks once to learn how long an answer is; all are equally long. */
async function lengthOfAnswer(): Promise<number> {
  if (kind === "echo") return question.length;
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(question);
  let text = "";
  for await (const chunk of socket.setEncoding("latin1") as AsyncIterable<string>) {
    text += chunk;
    const head = /^HTTP\/1\.1 200 OK\r\n[^]*?content-length: (\d+)\r\n[^]*?\r\n\r\n/i.exec(text);
    if (head !== null && text.length === head[0].length + Number(head[1])) break;
  }
  return text.length;
}

function ask(socket: Socket, times: number, length: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = times;
    let missing = length;
    socket.on("error", reject);
    socket.on("data", (chunk: Buffer) => {
      missing -= chunk.length;
      if (missing > 0) return;
      if (missing < 0) return reject(new Error(`an answer is ${-missing} bytes too long`));
      missing = length;
      if (--left > 0) {
        socket.write(question);
        return;
      }
      socket.removeAllListeners("data").removeAllListeners("error");
      resolve();
    });
    socket.write(question);
  });
}

const length = await lengthOfAnswer();
const sockets = Array.from({ length: CONNECTIONS }, () => connect(Number(port), "127.0.0.1").setNoDelay());
await Promise.all(sockets.map((socket) => ask(socket, WARM_UP, length)));
process.send!("warm");
await new Promise((resolve) => process.once("message", resolve));
await Promise.all(sockets.map((socket) => ask(socket, REQUESTS, length)));
process.send!(CONNECTIONS * REQUESTS);
for (const socket of sockets) socket.destroy();
process.disconnect();
