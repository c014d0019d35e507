// The compiler of the core, as a function. Its own type declarations redefine half of the platform's, so what is used of
// it is declared here, and it is imported under a name that the type checker does not follow.

interface Files {
  readFile(path: string, folder: string): string | null;
  writeFile(path: string, contents: Uint8Array | string, folder: string): void;
  listFiles(folder: string): string[];
}

interface Compiled {
  readonly error: Error | null;
  readonly stderr: { toString(): string };
}

interface AssemblyScript {
  main(argv: readonly string[], files: Files): Promise<Compiled>;
}

const name: string = "assemblyscript/asc";

export const assemblyScript = (await import(name)) as AssemblyScript;
