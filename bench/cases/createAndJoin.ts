// What does a task cost that lives for a moment?
import { coroutine, createTask, gather, type Steps, type TaskOptions } from "wasyncio";
import type { Case } from "../case.js";

const MANY = 100_000;

const trivial = coroutine(function* (i: number): Steps<number> {
  return i;
});

const suspending = coroutine(function* (i: number): Steps<number> {
  yield;
  return i;
});

async function trivialNatively(i: number): Promise<number> {
  return i;
}

async function suspendingNatively(i: number): Promise<number> {
  await null;
  return i;
}

function createAndJoin(
  name: string,
  body: typeof trivial,
  native: (i: number) => Promise<number>,
  options?: TaskOptions,
): Case {
  return {
    name,
    against: "Promise.all of async functions",
    n: MANY,
    ours: {
      *run() {
        const tasks = Array.from({ length: MANY }, (_, i) => createTask(body(i), options));
        let sum = 0;
        for (const task of tasks) sum += yield* task;
        return sum;
      },
    },
    native: {
      run: async () => {
        let sum = 0;
        for (const result of await Promise.all(Array.from({ length: MANY }, (_, i) => native(i)))) sum += result;
        return sum;
      },
    },
  };
}

const GATHERED = 10_000;
const GATHERINGS = 10;

const gathering: Case = {
  name: "gather 10,000, one suspension each",
  against: "Promise.all of async functions",
  n: GATHERED * GATHERINGS,
  ours: {
    *run() {
      for (let i = 0; i < GATHERINGS; i++) {
        yield* gather(Array.from({ length: GATHERED }, (_, j) => suspending(j)));
      }
    },
  },
  native: {
    run: async () => {
      for (let i = 0; i < GATHERINGS; i++) {
        await Promise.all(Array.from({ length: GATHERED }, (_, j) => suspendingNatively(j)));
      }
    },
  },
};

export const createAndJoinCases: readonly Case[] = [
  createAndJoin("create and join 100,000 tasks", trivial, trivialNatively),
  createAndJoin("create and join 100,000 tasks, eager", trivial, trivialNatively, { eagerStart: true }),
  createAndJoin("create and join 100,000 tasks, one suspension each", suspending, suspendingNatively),
  gathering,
];
