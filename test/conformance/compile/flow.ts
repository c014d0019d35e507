import { CompileError } from "./frame.js";
import type { Spelling } from "./spelling.js";

export type Jump = "break" | "continue" | "return";

type Region = { readonly kind: "loop" } | { readonly kind: "scope"; readonly jumps: Set<Jump> };

/**
 * How `break`, `continue` and `return` leave the body of a scope. The body is a function of its own, so it ends
 * normally and returns what is to be done outside: `"break"`, `"continue"` or `[value]`. After the scope has
 * been left the same jump is compiled again, one region further out.
 */
export class Flow {
  readonly #regions: Region[] = [];
  readonly #returning: Spelling["returning"];

  /** `returning` ends the function that is being compiled. */
  constructor(returning: Spelling["returning"]) {
    this.#returning = returning;
  }

  loop(compileBody: () => string): string {
    this.#regions.push({ kind: "loop" });
    const code = compileBody();
    this.#regions.pop();
    return code;
  }

  /** Compiles a scope's body; `jumps` are those that leave it. */
  scope(compileBody: () => string): { code: string; jumps: ReadonlySet<Jump> } {
    const jumps = new Set<Jump>();
    this.#regions.push({ kind: "scope", jumps });
    const code = compileBody();
    this.#regions.pop();
    return { code, jumps };
  }

  /** The statement for a jump; `value` is the code of what `return` gives. */
  jump(jump: Jump, value = "null"): string {
    const region = jump === "return" ? this.#regions.findLast(({ kind }) => kind === "scope") : this.#regions.at(-1);
    if (region?.kind === "scope") {
      region.jumps.add(jump);
      return jump === "return" ? `return [${value}];` : `return "${jump}";`;
    }
    if (jump === "return") return this.#returning(value);
    if (region === undefined) throw new CompileError(`'${jump}' outside a loop`);
    return `${jump};`;
  }

  /** The statements after a scope that go on with the jump its body asked for, held in the variable `exit`. */
  resume(jumps: ReadonlySet<Jump>, exit: string): string {
    return [...jumps]
      .map((jump) => {
        const test = jump === "return" ? `Array.isArray(${exit})` : `${exit} === "${jump}"`;
        return `if (${test}) { ${this.jump(jump, `${exit}[0]`)} }\n`;
      })
      .join("");
  }
}
