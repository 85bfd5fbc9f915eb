/** Outcomes in the order in which they are stacked. */
export const OUTCOMES = ["answered", "partial", "refused"] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Outcomes = Record<Outcome, number>;

export interface Segment {
  outcome: Outcome;
  start: number;
  length: number;
}

/** The parts of a bar of `length` for `total` on a scale that ends at `most`; parts that are 0 are left out. */
export function stacked(values: Outcomes, most: number, length: number): Segment[] {
  let start = 0;
  return OUTCOMES.flatMap((outcome) => {
    const part = most > 0 ? (values[outcome] / most) * length : 0;
    const segment = { outcome, start, length: part };
    start += part;
    return part > 0 ? [segment] : [];
  });
}

/** A round number at or above `most`: 1, 2 or 5 times a power of ten, at least 1. */
export function roundTop(most: number): number {
  if (most <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 5, 10].find((step) => step * power >= most) ?? 10) * power;
}
