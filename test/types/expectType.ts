/** Told apart by how the compiler relates them, so that `any` equals nothing but itself. */
type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only if both types are the same: `expectType<number, typeof value>()`. */
export function expectType<Expected, Actual>(
  ..._proof: IsSame<Expected, Actual> extends true ? [] : [differs: { expected: Expected; actual: Actual }]
): void {}
