// Calls between coroutines: in a tree that runs concurrently, and one after the other.
import { coroutine, gather, type Steps } from "wasyncio";
import type { Case } from "../case.js";

const CHILDREN = 6;
const LEVELS = 5;
const TREES = 5;
/** A root, and five levels below it. */
const NODES = (CHILDREN ** (LEVELS + 1) - 1) / (CHILDREN - 1);

const visit = coroutine(function* (levels: number, i: number): Steps<number> {
  if (levels === 0) {
    if (i % 2 === 0) yield;
    return 1;
  }
  let sum = 1;
  for (const below of yield* gather(Array.from({ length: CHILDREN }, (_, j) => visit(levels - 1, j)))) sum += below;
  return sum;
});

async function visitNatively(levels: number, i: number): Promise<number> {
  if (levels === 0) {
    if (i % 2 === 0) await null;
    return 1;
  }
  let sum = 1;
  for (const below of await Promise.all(Array.from({ length: CHILDREN }, (_, j) => visitNatively(levels - 1, j)))) {
    sum += below;
  }
  return sum;
}

const tree: Case = {
  name: "tree of calls, six children a node, half of the leaves suspend",
  against: "async functions and Promise.all",
  n: NODES * TREES,
  ours: {
    *run() {
      for (let i = 0; i < TREES; i++) yield* visit(LEVELS, 0);
    },
  },
  native: {
    run: async () => {
      for (let i = 0; i < TREES; i++) await visitNatively(LEVELS, 0);
    },
  },
};

const CHAINS = 30_000;

const suspendingChain = coroutine(function* (calls: number): Steps<number> {
  yield;
  return calls === 1 ? 1 : 1 + (yield* suspendingChain(calls - 1));
});

const plainChain = coroutine(function* (calls: number): Steps<number> {
  return calls === 1 ? 1 : 1 + (yield* plainChain(calls - 1));
});

async function suspendingNatively(calls: number): Promise<number> {
  await null;
  return calls === 1 ? 1 : 1 + (await suspendingNatively(calls - 1));
}

async function plainNatively(calls: number): Promise<number> {
  return calls === 1 ? 1 : 1 + (await plainNatively(calls - 1));
}

function chain(name: string, ours: typeof plainChain, native: (calls: number) => Promise<number>): Case {
  return {
    name: `chain of three calls, ${name}`,
    against: "async functions",
    n: CHAINS,
    ours: {
      *run() {
        for (let i = 0; i < CHAINS; i++) yield* ours(3);
      },
    },
    native: {
      run: async () => {
        for (let i = 0; i < CHAINS; i++) await native(3);
      },
    },
  };
}

export const callCases: readonly Case[] = [
  tree,
  chain("one suspension each", suspendingChain, suspendingNatively),
  chain("no suspension", plainChain, plainNatively),
];
