// A hop between two tasks: each makes a future, settles the other's, and waits for its own. And awaiting what is done.
import { gather, getRunningLoop, type Future, type Steps } from "wasyncio";
import type { Case } from "../case.js";

const HOPS = 100_000;

/** Where each player leaves the future that it waits for. */
type Court = [Future<number> | null, Future<number> | null];

function* playByYieldStar(court: Court, side: 0 | 1, hops: number): Steps<void> {
  const loop = getRunningLoop();
  const other = side === 0 ? 1 : 0;
  for (let i = 0; i < hops; i++) {
    const turn = loop.createFuture<number>();
    court[side] = turn;
    court[other]?.setResult(i);
    yield* turn;
  }
  court[side] = null;
  if (court[other]?.done() === false) court[other].setResult(hops);
}

function* playByYield(court: Court, side: 0 | 1, hops: number): Steps<void> {
  const loop = getRunningLoop();
  const other = side === 0 ? 1 : 0;
  for (let i = 0; i < hops; i++) {
    const turn = loop.createFuture<number>();
    court[side] = turn;
    court[other]?.setResult(i);
    yield turn;
  }
  court[side] = null;
  if (court[other]?.done() === false) court[other].setResult(hops);
}

type Resolvers = [((value: number) => void) | null, ((value: number) => void) | null];

async function playNatively(court: Resolvers, side: 0 | 1, hops: number): Promise<void> {
  const other = side === 0 ? 1 : 0;
  for (let i = 0; i < hops; i++) {
    const turn = new Promise<number>((resolve) => (court[side] = resolve));
    court[other]?.(i);
    await turn;
  }
  court[side] = null;
  court[other]?.(hops);
}

function roundTrip(how: string, play: (court: Court, side: 0 | 1, hops: number) => Steps<void>): Case {
  return {
    name: `Future round trip by ${how}`,
    against: "new Promise, resolve, await",
    n: 2 * HOPS,
    ours: {
      *run() {
        const court: Court = [null, null];
        yield* gather([play(court, 0, HOPS), play(court, 1, HOPS)]);
      },
    },
    native: {
      run: () => {
        const court: Resolvers = [null, null];
        return Promise.all([playNatively(court, 0, HOPS), playNatively(court, 1, HOPS)]);
      },
    },
  };
}

const awaitingDone: Case = {
  name: "awaiting what is done",
  against: "await of a resolved promise",
  n: 500_000,
  ours: {
    *run() {
      const future = getRunningLoop().createFuture<number>();
      future.setResult(1);
      let sum = 0;
      for (let i = 0; i < 500_000; i++) sum += yield* future;
      return sum;
    },
  },
  native: {
    run: async () => {
      const promise = Promise.resolve(1);
      let sum = 0;
      for (let i = 0; i < 500_000; i++) sum += await promise;
      return sum;
    },
  },
};

export const futureCases: readonly Case[] = [
  roundTrip("yield*", playByYieldStar),
  roundTrip("yield", playByYield),
  awaitingDone,
];
