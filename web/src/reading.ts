/** Takes what a service or a storage gave apart: what is not what it should be is empty, never an error. */

import type { Language } from "./contract";

export type Fields = { readonly [key: string]: unknown };

export const fields = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
export const text = (value: unknown): string => (typeof value === "string" ? value : "");
export const textOrNull = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : null;
export const numberOrNull = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const texts = (value: unknown): string[] => list(value).filter((item): item is string => typeof item === "string");
export const language = (value: unknown): Language => (value === "en" ? "en" : "ko");
export const oneOf = <T extends string>(value: unknown, known: readonly T[]): T | null => known.find((item) => item === value) ?? null;
