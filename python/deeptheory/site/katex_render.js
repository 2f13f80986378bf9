// Reads a JSON list of [LaTeX, whether it is displayed] and writes the HTML of each, null where
// KaTeX cannot read it. The argument is the folder of the package.
"use strict";

const katex = require(process.argv[2]);
const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
const options = { throwOnError: true, strict: "ignore", trust: false };
const made = asked.map(([latex, displayMode]) => {
  try {
    return katex.renderToString(latex, { ...options, displayMode });
  } catch (error) {
    return null;
  }
});
process.stdout.write(JSON.stringify(made));
