import { answer } from "./answer";
import { base } from "./base";
import { panel } from "./panel";
import { source } from "./source";
import { task } from "./task";

/** Constructable style sheets: they reach nothing outside the shadow root, and no content security policy forbids them. */
export const styles = [base, panel, answer, source, task];
