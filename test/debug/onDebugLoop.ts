// What debug mode says: the body runs on a debug loop whose clock the body moves by hand, and gets what was logged and
// what the exception handler was told.
import { EventLoop, run, type ExceptionContext, type Steps } from "../../bindings/index.js";
import { QuietHost } from "../support/quietHost.js";

export class DebugStage {
  readonly host: QuietHost;
  readonly loop: EventLoop;
  readonly reports: ExceptionContext[] = [];

  constructor(options: { debug?: boolean; host?: QuietHost } = {}) {
    this.host = options.host ?? new QuietHost();
    this.loop = new EventLoop({ host: this.host, debug: options.debug ?? true });
    this.loop.setExceptionHandler((_loop, context) => this.reports.push(context));
  }

  get logged(): readonly string[] {
    return this.host.logged;
  }

  messages(): string[] {
    return this.reports.map(({ message }) => message);
  }
}

/** The stage when the loop is closed. */
export async function onDebugLoop(
  body: (stage: DebugStage) => Steps<unknown>,
  options: { debug?: boolean } = {},
): Promise<DebugStage> {
  const stage = new DebugStage(options);
  await run(() => body(stage), { loopFactory: () => stage.loop });
  return stage;
}
