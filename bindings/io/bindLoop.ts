// Importing this gives EventLoop its I/O methods.
import { EventLoop } from "../loop/eventLoop.js";
import { bindMethods } from "../loop/laterMethods.js";
import { createConnection } from "./connect/createConnection.js";
import { getaddrinfo, getnameinfo } from "./host/resolve.js";
import { createServer } from "./server/createServer.js";

bindMethods(EventLoop.prototype, { createConnection, createServer, getaddrinfo, getnameinfo });
