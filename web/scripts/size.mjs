// The first load of a page that carries the widget is one file. This fails where it outgrows its budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 60_000;
const STATIC = new URL("../../assistant/static/", import.meta.url);
let failed = false;
for (const name of ["widget.js", "annae-chat.js"]) {
  const source = readFileSync(new URL(name, STATIC));
  const packed = gzipSync(source, { level: 9 }).length;
  const fits = packed < BUDGET_BYTES;
  failed ||= !fits;
  console.log(`${name}: ${source.length} bytes, ${packed} gzipped, budget ${BUDGET_BYTES}: ${fits ? "fits" : "TOO LARGE"}`);
  // What would be loaded from elsewhere is a mistake.
  const foreign = [...source.toString().matchAll(/https?:\/\/[^"'`\s]+/g)].map(([url]) => url).filter((url) => !/w3\.org/.test(url));
  if (foreign.length) {
    failed = true;
    console.log(`${name}: names other sites: ${foreign.join(" ")}`);
  }
}
process.exit(failed ? 1 : 0);
