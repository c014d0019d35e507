// The same questions, asked of other libraries; by library, then by the name of the case.
import { effect } from "./effect.mjs";
import { effection } from "./effection.mjs";
import { asyncMutex, limit, queue } from "./locks.mjs";

export const others = { effect, effection, "async-mutex": asyncMutex, "p-limit": limit, "p-queue": queue };
