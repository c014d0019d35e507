import { growthMarks, growthOf } from "../marks.js";
import { multiples, ratio, type Report, type Result } from "../result.js";
import { formatFigure, formatMultiple, formatRatio } from "./format.js";

/** Columns as wide as their widest cell; numbers stand to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const cell = (text: string, column: number): string =>
    /^[\d.]+( |$)/.test(text) ? text.padStart(widths[column]!) : text.padEnd(widths[column]!);
  return rows.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
}

function ratios(results: readonly Result[]): string {
  const rows = results.map((result) => [formatRatio(ratio(result)), result.name, result.against]);
  return `Ratio of medians, ours to native; below 1 we are faster, or smaller\n\n${table([["", "case", "native"], ...rows])}`;
}

function growths(results: readonly Result[]): string[] {
  const rows = growthMarks.flatMap((mark) => {
    const growth = growthOf(results, mark);
    return Number.isNaN(growth) ? [] : [[formatRatio(growth), mark.name]];
  });
  return rows.length === 0 ? [] : [`How our own cost grows\n\n${table([["", "what"], ...rows])}`];
}

function absolutes(results: readonly Result[]): string {
  const rows = results.map(({ name, unit, ours, native }) => [
    name,
    formatFigure(ours, unit),
    formatFigure(native, unit),
  ]);
  return `Medians, for one operation, with the median distance from them\n\n${table([["case", "ours", "native"], ...rows])}`;
}

function comparisons(results: readonly Result[]): string[] {
  const rows = results.flatMap((result) =>
    multiples(result).map(([library, multiple, theirs]) => ({
      multiple,
      cells: [formatMultiple(multiple), result.name, library, formatFigure(theirs, "ns")],
    })),
  );
  if (rows.length === 0) return [];
  const faster = rows.filter(({ multiple }) => multiple < 1).map(({ cells }) => cells);
  const header = ["", "case", "library", ""];
  return [
    `What other libraries take for the same, as a multiple of ours\n\n${table([header, ...rows.map(({ cells }) => cells)])}`,
    faster.length === 0
      ? "In no case another library is faster than we are"
      : `Where another library is faster than we are\n\n${table([header, ...faster])}`,
  ];
}

export function formatReport({ environment, rivals, results }: Report): string {
  const facts = Object.entries({ ...environment, ...rivals }).map(([key, value]) => `${key} ${value}`);
  return [ratios(results), ...growths(results), ...comparisons(results), absolutes(results), facts.join(", ")].join(
    "\n\n",
  );
}
