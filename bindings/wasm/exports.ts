/** The functions of assembly/index.ts as they arrive here. */
export interface CoreExports {
  readonly memory: WebAssembly.Memory;
  slotTake(kind: number): number;
  slotFree(slot: number): void;
  slotsLive(): number;
  ringPush(entry: number): void;
  callbackOpen(): number;
  taskOpen(): number;
  timerOpen(deadline: number): number;
  timerCancel(slot: number, meta: number): number;
  timerDeadline(): number;
  futureWait(slot: number, waiter: number): number;
  futureUnwait(slot: number, waiter: number): number;
  futureSettle(slot: number): void;
  futureClose(slot: number): void;
  tick(now: number): number;
  memoryLimit(pages: number): void;
  /** Only in the `debug` and `checked` builds. */
  invariantsCheck?(): number;
}
