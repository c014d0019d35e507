// Greenlets switch to each other by name and hand over a value; no scheduler decides who is next. Below, the same
// conversation between two tasks: there, who puts something into the other's queue leaves it to the loop to go on.
import { coroutine, createTask, Queue, run } from "wasyncio";

interface Switch {
  readonly to: Greenlet;
  readonly value: string;
}

type Body = (first: string) => Generator<Switch, void, string>;

class Greenlet {
  private readonly body: Body;
  private generator: ReturnType<Body> | null = null;

  constructor(body: Body) {
    this.body = body;
  }

  /** The first value is the argument of the body; each later one is what its `yield` gives. */
  resume(value: string): IteratorResult<Switch, void> {
    if (this.generator !== null) return this.generator.next(value);
    this.generator = this.body(value);
    return this.generator.next("");
  }
}

/** Neither greenlet calls the other: each jumps back here and is bounced to the next, so that no stack grows. */
function trampoline(first: Greenlet): void {
  let jump = first.resume("");
  while (jump.done !== true) jump = jump.value.to.resume(jump.value.value);
}

const questions = ["Which way to the sea?", "And how far is it?"];

function answerTo(question: string): string {
  return question.startsWith("Which") ? "Down the hill." : "Two songs and a rest.";
}

function converse(): void {
  const asker: Greenlet = new Greenlet(function* () {
    for (const question of questions) {
      const answer = yield { to: answerer, value: question };
      console.log(`greenlet asker hears: ${answer}`);
    }
  });

  const answerer: Greenlet = new Greenlet(function* (question) {
    for (;;) {
      console.log(`greenlet answerer hears: ${question}`);
      question = yield { to: asker, value: answerTo(question) };
    }
  });

  trampoline(asker);
}

const ask = coroutine(function* (asked: Queue<string>, answered: Queue<string>) {
  for (const question of questions) {
    yield* asked.put(question);
    console.log(`task asker hears: ${yield* answered.get()}`);
  }
});

const answer = coroutine(function* (asked: Queue<string>, answered: Queue<string>) {
  for (;;) {
    const question = yield* asked.get();
    console.log(`task answerer hears: ${question}`);
    yield* answered.put(answerTo(question));
  }
});

export async function switching(): Promise<void> {
  converse();

  await run(function* () {
    const [asked, answered] = [new Queue<string>(), new Queue<string>()];
    const answering = createTask(answer(asked, answered));
    yield* ask(asked, answered);
    answering.cancel();
  });
}
