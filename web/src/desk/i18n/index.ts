import type { Language } from "../contract";
import { en } from "./en";
import { ko } from "./ko";

/** Every sentence of the desk. English has the Korean's shape, so a sentence that is missing in one does not compile. */
export type Catalogue = typeof ko;

export const catalogues: Record<Language, Catalogue> = { ko, en };
