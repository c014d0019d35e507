import type { Block, Statement } from "../../format.js";
import type { Draft } from "./draft.js";
import type { Scope } from "./scope.js";
import { suspends } from "./scope.js";

type Condition = (draft: Draft, scope: Scope) => boolean;

/** One thing a program can do next. */
export interface Move {
  readonly weight: number;
  /** Absent: allowed everywhere. */
  readonly allowed?: Condition;
  make(draft: Draft, scope: Scope): Block;
}

/** A part of asyncio: the shared objects its moves need, and the moves. */
export interface Region {
  setup?(draft: Draft): void;
  /** Wakes a task that waits for one of the region's objects, at once unless a lock has to be waited for. */
  wake?(draft: Draft): Statement;
  readonly moves: readonly Move[];
}

/** A move that suspends, for coroutines and generators. */
export function suspending(weight: number, make: Move["make"]): Move {
  return { weight, allowed: (_, scope) => suspends(scope), make };
}

/** A move that suspends and contains blocks. */
export function nesting(weight: number, make: Move["make"]): Move {
  return { weight, allowed: (_, scope) => suspends(scope) && scope.depth > 0, make };
}

/** A move that fits everywhere, callbacks included. */
export function synchronous(weight: number, make: Move["make"]): Move {
  return { weight, make };
}

/** The same move where `condition` holds too. */
export function when(condition: Condition, move: Move): Move {
  return {
    ...move,
    allowed: (draft, scope) => (move.allowed?.(draft, scope) ?? true) && condition(draft, scope),
  };
}
