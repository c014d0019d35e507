import type { Block, Definition, Program } from "../format.js";
import { CompileError, type DefinitionKind, Frame, Unit } from "./frame.js";
import { OPERATIONS } from "./operations.js";
import { type Form, GENERATOR_FORM } from "./spelling.js";
import { Statements } from "./statements.js";

export interface CompiledProgram {
  /** The body of a function of `library` and `runtime` that returns the driver, an async function. */
  readonly source: string;
  /** The operations and statements in it that may need an export of the library. */
  readonly operations: ReadonlySet<string>;
  /** The kinds of errors it makes or catches. */
  readonly kinds: ReadonlySet<string>;
}

const DEFAULT_DRIVER: Block = [["ca", "main", ["run", ["coro", "main"]]]];

export function compileProgram(program: Program, form: Form = GENERATOR_FORM): CompiledProgram {
  const unit = new Unit(program, form, OPERATIONS);
  const definitions = [
    ...compileDefinitions(unit, "coros", (name, parameters, body) => {
      return `const ${name} = ${form.spelling.coroutine(parameters, body)};\n`;
    }),
    ...compileDefinitions(unit, "agens", (name, parameters, body) => {
      return `const ${name} = ${form.ofGenerators.asyncGenerator(parameters, body)};\n`;
    }),
    ...compileDefinitions(unit, "cbs", (name, parameters, body) => `function ${name}(${parameters}) {\n${body}}\n`),
  ];
  const driver = compileBody(new Frame(unit, "driver"), { b: program.driver ?? DEFAULT_DRIVER });
  const globals = [...unit.globals].map((name) => `let r_${name} = null;\n`);
  return {
    source: `"use strict";\n${globals.join("")}${definitions.join("")}return async function () {\n${driver}};\n`,
    operations: unit.operations,
    kinds: unit.kinds,
  };
}

function compileDefinitions(
  unit: Unit,
  kind: Exclude<DefinitionKind, "driver">,
  assemble: (name: string, parameters: string, body: string) => string,
): string[] {
  return Object.entries(unit.program[kind] ?? {}).map(([name, definition]) => {
    const frame = new Frame(unit, kind);
    const parameters = (definition.p ?? []).map((parameter) => {
      if (!parameter.startsWith("_")) throw new CompileError(`parameter ${parameter} does not start with _`);
      return `${frame.register(parameter)} = null`;
    });
    return assemble(frame.definition(kind, name), parameters.join(", "), compileBody(frame, definition));
  });
}

function compileBody(frame: Frame, definition: Definition): string {
  const body = new Statements(frame).block(definition.b);
  const parameters = new Set(definition.p);
  const locals = [...frame.locals].filter((name) => !parameters.has(name)).map((name) => `let l${name} = null;\n`);
  const temporaries = frame.temporaries.map((name) => `let ${name};\n`);
  return [...locals, ...temporaries, body].join("");
}
