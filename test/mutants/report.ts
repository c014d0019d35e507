// The table of docs/mutants.md.
import type { Mutant } from "./mutant.js";
import type { Trial } from "./trial.js";

export interface Result {
  readonly mutant: Mutant;
  readonly trial: Trial;
}

/** Titles shown for each mutant; the others are only counted. */
const SHOWN = 2;

export function isCaught({ trial }: Result): boolean {
  return trial.failed.length > 0 || trial.brokeOff !== null;
}

/** The tests that failed, once for both builds; those that name the invariant come first, programs of the corpus last. */
function titlesOf({ mutant, trial }: Result): string[] {
  const failed = trial.failed.map((title) => title.replace(/ \[(checked|release)\]$/, ""));
  const rank = (title: string): number =>
    title.startsWith(`${mutant.breaks}:`)
      ? 0
      : title.startsWith("random operations")
        ? 2
        : title.startsWith("conformance ")
          ? 3
          : 1;
  return [...new Set(failed)].sort((a, b) => rank(a) - rank(b));
}

export function summaryOf(result: Result): string {
  const titles = titlesOf(result);
  const shown = titles.slice(0, SHOWN);
  const more = titles.length - shown.length;
  const { brokeOff } = result.trial;
  if (shown.length === 0) return brokeOff === null ? "nobody" : `${brokeOff} (hangs or dies)`;
  return shown.join("; ") + (more > 0 ? `; and ${more} more` : "") + (brokeOff === null ? "" : "; then hangs or dies");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

export function describeTable(results: readonly Result[], tests: number): string {
  const caught = results.filter(isCaught).length;
  const lines = results.map((result) => {
    const { id, breaks, fault, file } = result.mutant;
    return row([`\`${id}\``, breaks, fault, `\`${file}\``, summaryOf(result)]);
  });
  return `# Mutants

Each row is the core with one fault put into it on purpose, compiled with checks and without, and the tests that
noticed: those of \`test/core/\`, its fuzzer with a fixed seed, and one program of twelve of the conformance corpus, ${tests} in all.
\`test/mutants/list/\` holds the faults. Of ${results.length} mutants ${caught} are caught.

Written by \`npm run mutants -- --write\`; \`--only ID\` tries one mutant.

| Mutant | Breaks | The fault | In | Caught by |
| --- | --- | --- | --- | --- |
${lines.join("\n")}
`;
}
