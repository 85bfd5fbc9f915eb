import type { Catalogue } from ".";
import { casework } from "./en-casework";
import { frame } from "./en-frame";
import { library } from "./en-library";
import { oversight } from "./en-oversight";

export const en: Catalogue = { ...frame, ...casework, ...library, ...oversight };
