import { casework } from "./ko-casework";
import { frame } from "./ko-frame";
import { holdings } from "./ko-holdings";
import { oversight } from "./ko-oversight";

export const ko = { ...frame, ...casework, ...holdings, ...oversight };
