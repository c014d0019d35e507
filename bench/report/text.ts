import { ratio, type Figure, type Report, type Result } from "../result.js";

/** Columns as wide as their widest cell; all but the first stand to the right when they are numbers. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const cell = (text: string, column: number): string =>
    /^[\d.]+( |$)/.test(text) ? text.padStart(widths[column]!) : text.padEnd(widths[column]!);
  return rows.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
}

export function formatRatio(value: number): string {
  return value.toFixed(2);
}

function formatFigure({ median, spread }: Figure, unit: Result["unit"]): string {
  const digits = median < 100 ? 1 : 0;
  const percent = median === 0 ? 0 : Math.round((100 * spread) / median);
  return `${median.toFixed(digits)} ${unit} ±${percent} %`;
}

function ratios(results: readonly Result[]): string {
  const rows = results.map((result) => [formatRatio(ratio(result)), result.name, result.against]);
  return `Ratio of medians, ours to native; below 1 we are faster, or smaller\n\n${table([["", "case", "native"], ...rows])}`;
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
  const rows = results.flatMap(({ name, ours, others }) =>
    Object.entries(others).map(([library, theirs]) => [
      `${(theirs.median / ours.median).toFixed(1)} ×`,
      name,
      library,
      formatFigure(theirs, "ns"),
    ]),
  );
  if (rows.length === 0) return [];
  return [
    `What other libraries take for the same, as a multiple of ours\n\n${table([["", "case", "library", ""], ...rows])}`,
  ];
}

export function formatReport({ environment, results }: Report): string {
  const facts = Object.entries(environment).map(([key, value]) => `${key} ${value}`);
  return [ratios(results), ...comparisons(results), absolutes(results), facts.join(", ")].join("\n\n");
}
