import { type Block, isList, isOptions, type Json } from "../format.js";
import { Flow } from "./flow.js";
import { CompileError, type Frame } from "./frame.js";
import { errorOf } from "./operations/values.js";

type Operands = readonly Json[];

function asBlock(value: Json | undefined): Block {
  if (!isList(value)) throw new CompileError(`a block expected, not ${JSON.stringify(value)}`);
  return value as Block;
}

/** Compiles the body of one function to JavaScript statements. */
export class Statements {
  readonly #frame: Frame;
  readonly #flow: Flow;
  /** The variables of the handlers around the current place; `reraise` means the last. */
  readonly #handled: string[] = [];

  constructor(frame: Frame) {
    this.#frame = frame;
    this.#flow = new Flow(
      frame.kind === "coros" ? frame.spelling.returning : frame.kind === "agens" ? () => "return;" : returnPlainly,
    );
  }

  block(block: Json | undefined): string {
    return asBlock(block)
      .map((statement) => this.#statement(statement))
      .join("");
  }

  #statement(statement: Json): string {
    if (!isList(statement)) throw new CompileError(`a statement expected, not ${JSON.stringify(statement)}`);
    const [name, ...operands] = statement;
    if (typeof name !== "string") throw new CompileError(`an operation expected, not ${JSON.stringify(name)}`);
    switch (name) {
      case "let":
        return `${this.#assignment(operands[0], this.#expression(operands[1]))}\n`;
      case "trace":
        return `runtime.trace(${this.#frame.expressions([this.#traceId(operands[0]), ...operands.slice(1)])});\n`;
      case "t":
      case "c":
      case "ca":
        return this.#traced(name, operands);
      case "if":
        return this.#condition(operands);
      case "repeat":
      case "while":
      case "for":
      case "afor":
        return this.#flow.loop(() => this.#loop(name, operands));
      case "break":
      case "continue":
        return `${this.#flow.jump(name)}\n`;
      case "return":
        return `${this.#flow.jump("return", this.#expression(operands[0]))}\n`;
      case "raise":
        return this.#raise(operands);
      case "reraise":
        return `throw ${this.#handled.at(-1) ?? fail("'reraise' outside a handler")};\n`;
      case "with":
        return this.#scope(operands);
      case "try":
        return this.#attempt(operands);
      default:
        return `${this.#frame.expression(statement)};\n`;
    }
  }

  #expression(x: Json | undefined): string {
    return this.#frame.expression(x ?? null);
  }

  #traceId(id: Json | undefined): string {
    if (typeof id !== "string" || id.startsWith("$")) throw new CompileError(`bad trace id ${JSON.stringify(id)}`);
    return id;
  }

  /** The first register a future is assigned to is its label. */
  #assignment(register: Json | undefined, value: string): string {
    return `${this.#frame.register(register)} = runtime.labelled(${JSON.stringify(register)}, ${value});`;
  }

  #traced(form: "t" | "c" | "ca", [id, x, register]: Operands): string {
    const label = JSON.stringify(this.#traceId(id));
    const [value, error] = [this.#frame.fresh("result"), this.#frame.fresh("error")];
    const assignment = register === undefined || register === null ? "" : `${this.#assignment(register, value)}\n`;
    return (
      `try {\nconst ${value} = ${this.#expression(x)};\n${assignment}runtime.succeeded(${label}, ${value});\n` +
      `} catch (${error}) {\nruntime.failed(${label}, ${error}, "${form}");\n}\n`
    );
  }

  #condition([test, consequence, alternative]: Operands): string {
    const otherwise = alternative === undefined || alternative === null ? "" : ` else {\n${this.block(alternative)}}`;
    return `if (runtime.truthy(${this.#expression(test)})) {\n${this.block(consequence)}}${otherwise}\n`;
  }

  #loop(form: "repeat" | "while" | "for" | "afor", operands: Operands): string {
    if (form === "while")
      return `while (runtime.truthy(${this.#expression(operands[0])})) {\n${this.block(operands[1])}}\n`;
    if (form === "repeat") return this.#repetition(operands);
    const [register, source, body] = operands;
    const [iterator, item] = [this.#frame.fresh("iterator"), this.#frame.fresh("item")];
    const next =
      form === "for"
        ? `runtime.next(${iterator})`
        : (this.#frame.requireSuspension("afor"),
          this.#frame.unit.operations.add("afor"),
          this.#frame.spelling.awaiting(this.#frame.spelling.stepping(`library.anext(${iterator})`, "runtime.END")));
    return (
      `const ${iterator} = runtime.${form === "for" ? "iterate" : "iterateAsync"}(${this.#expression(source)});\n` +
      `for (;;) {\nconst ${item} = ${next};\nif (${item} === runtime.END) break;\n` +
      `${this.#frame.register(register)} = ${item} ?? null;\n${this.block(body)}}\n`
    );
  }

  #repetition([count, register, body]: Operands): string {
    const [index, end] = [this.#frame.fresh("index"), this.#frame.fresh("end")];
    const assignment = register === null ? "" : `${this.#frame.register(register)} = ${index};\n`;
    const head = `let ${index} = 0, ${end} = runtime.count(${this.#expression(count)}); ${index} < ${end}; ${index}++`;
    return `for (${head}) {\n${assignment}${this.block(body)}}\n`;
  }

  #raise([kind, message]: Operands): string {
    const isRegister = typeof kind === "string" && kind.startsWith("$");
    const error = isRegister ? this.#expression(kind) : errorOf(this.#frame, kind, message);
    return `throw runtime.raisable(${error});\n`;
  }

  #scope([x, register, body]: Operands): string {
    this.#frame.requireSuspension("with");
    this.#frame.unit.operations.add("with");
    const [manager, entered, exit] = ["manager", "entered", "exit"].map((prefix) => this.#frame.fresh(prefix));
    const { code, jumps } = this.#flow.scope(() => {
      const bind = `runtime.entered(${manager}, ${entered})`;
      const binding =
        register === null || register === undefined ? bind : `${this.#frame.register(register)} = ${bind}`;
      return `${binding};\n${this.block(body)}`;
    });
    const { awaiting, scopeBody } = this.#frame.spelling;
    const wait = awaiting(`runtime.within(${manager}, ${scopeBody(entered as string, code)})`);
    const resumed = this.#flow.resume(jumps, exit as string);
    return `{\nconst ${manager} = ${this.#expression(x)};\nconst ${exit} = ${wait};\n${resumed}}\n`;
  }

  /** `else` runs when the body came to its end; it is guarded by `finally` but not by the handlers. */
  #attempt([body, clauses]: Operands): string {
    const { except, else: otherwise, finally: cleanup } = isOptions(clauses) ? clauses : {};
    const completed = this.#frame.fresh("completed");
    let code = this.block(body);
    if (otherwise !== undefined) code += `${completed} = true;\n`;
    if (except !== undefined) code = `try {\n${code}} ${this.#handlers(asBlock(except))}\n`;
    if (otherwise !== undefined)
      code = `let ${completed} = false;\n${code}if (${completed}) {\n${this.block(otherwise)}}\n`;
    return cleanup === undefined ? `{\n${code}}\n` : `try {\n${code}} finally {\n${this.block(cleanup)}}\n`;
  }

  #handlers(handlers: Block): string {
    const error = this.#frame.fresh("error");
    const branches = handlers.map(([kinds, register, body]) => {
      const names = typeof kinds === "string" ? kinds.split("|") : fail("the kinds of a handler are a string");
      for (const kind of names) this.#frame.unit.useKind(kind);
      const binding = register === null ? "" : `${this.#frame.register(register)} = ${error};\n`;
      this.#handled.push(error);
      const code = `if (runtime.catches(${error}, ${JSON.stringify(names)})) {\n${binding}${this.block(body)}}`;
      this.#handled.pop();
      return `${code} else `;
    });
    return `catch (${error}) {\n${branches.join("")}throw ${error};\n}`;
  }
}

function returnPlainly(value: string): string {
  return `return ${value};`;
}

function fail(message: string): never {
  throw new CompileError(message);
}
