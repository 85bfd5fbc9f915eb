import type { Catalogue } from ".";
import { casework } from "./en-casework";
import { frame } from "./en-frame";
import { holdings } from "./en-holdings";
import { oversight } from "./en-oversight";

export const en: Catalogue = { ...frame, ...casework, ...holdings, ...oversight };
