import { casework } from "./ko-casework";
import { frame } from "./ko-frame";
import { library } from "./ko-library";
import { oversight } from "./ko-oversight";

export const ko = { ...frame, ...casework, ...library, ...oversight };
