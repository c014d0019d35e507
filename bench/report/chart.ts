// The ratios as an SVG: one bar a case, a line where native is.
import { ratio, type Report, type Result } from "../result.js";
import { formatRatio } from "./format.js";

const WIDTH = 860;
const LABEL = 420;
const ROW = 22;
const TOP = 46;
const MAX_RATIO = 2.5;

function escape(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}

function x(value: number): number {
  return LABEL + (Math.min(value, MAX_RATIO) / MAX_RATIO) * (WIDTH - LABEL - 60);
}

function bar(result: Result, row: number): string {
  const value = ratio(result);
  const y = TOP + row * ROW;
  const colour = value <= 1 ? "#2a7f62" : "#b5651d";
  return (
    `<text x="${LABEL - 8}" y="${y + 14}" text-anchor="end">${escape(result.name)}</text>` +
    `<rect x="${LABEL}" y="${y + 3}" width="${(x(value) - LABEL).toFixed(1)}" height="${ROW - 7}" fill="${colour}"/>` +
    `<text x="${(x(value) + 5).toFixed(1)}" y="${y + 14}">${formatRatio(value)}</text>`
  );
}

export function chart({ environment, results }: Report): string {
  const shown = results.filter(({ name }) => !name.startsWith("crossing"));
  const bottom = TOP + shown.length * ROW;
  const native = x(1).toFixed(1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${bottom + 34}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="8" y="18" font-size="14">Cost relative to native JavaScript (shorter is better)</text>`,
    `<line x1="${native}" y1="${TOP - 6}" x2="${native}" y2="${bottom}" stroke="#444444" stroke-dasharray="4 3"/>`,
    `<text x="${native}" y="${TOP - 10}" text-anchor="middle">native = 1</text>`,
    ...shown.map(bar),
    `<text x="8" y="${bottom + 22}" fill="#555555">Node ${environment["node"]}, ${escape(environment["processor"] ?? "")}; npm run bench</text>`,
    "</svg>",
    "",
  ].join("\n");
}
