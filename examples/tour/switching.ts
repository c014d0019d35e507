// Greenlets switch to each other by name and hand over a value, without a scheduler in between. Two futures that change
// hands do the same: whoever switches sets the other's and waits for its own.
import { createTask, gather, getRunningLoop, run, type Future, type Steps } from "wasyncio";

class Greenlet {
  private turn: Future<string> = getRunningLoop().createFuture<string>();

  /** Hands `value` to the other one and waits until somebody hands one back. */
  *switchTo(other: Greenlet, value: string): Steps<string> {
    this.turn = getRunningLoop().createFuture<string>();
    other.turn.setResult(value);
    return yield* this.turn;
  }

  /** Waits for the first turn. */
  *begin(): Steps<string> {
    return yield* this.turn;
  }

  /** Hands `value` over for the last time. */
  end(other: Greenlet, value: string): void {
    other.turn.setResult(value);
  }
}

function* ask(me: Greenlet, other: Greenlet): Steps<void> {
  for (const question of ["Which way to the sea?", "And how far is it?"]) {
    console.log(`question: ${question}`);
    console.log(`  answer: ${yield* me.switchTo(other, question)}`);
  }
  me.end(other, "");
}

function* answer(me: Greenlet, other: Greenlet): Steps<void> {
  const answers = ["Down the hill.", "Two songs and a rest."];
  let question = yield* me.begin();
  while (question !== "") question = yield* me.switchTo(other, answers.shift() ?? "I do not know.");
}

export async function switching(): Promise<void> {
  await run(function* () {
    const [asker, answerer] = [new Greenlet(), new Greenlet()];
    yield* gather([createTask(answer(answerer, asker)), createTask(ask(asker, answerer))]);
  });
}
