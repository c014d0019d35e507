import type { Figure, Result } from "../result.js";

export function formatRatio(value: number): string {
  return value.toFixed(2);
}

export function formatMultiple(value: number): string {
  return `${value < 10 ? value.toFixed(1) : String(Math.round(value))} ×`;
}

export function formatMedian({ median }: Figure, unit: Result["unit"]): string {
  return `${median.toFixed(median < 100 ? 1 : 0)} ${unit}`;
}

export function formatFigure(figure: Figure, unit: Result["unit"]): string {
  const percent = figure.median === 0 ? 0 : Math.round((100 * figure.spread) / figure.median);
  return `${formatMedian(figure, unit)} ±${percent} %`;
}
