// Renders cases with the reference implementation: node render.mjs FOLDER CASES.json RESULTS.json
// CASES is { now, groups: [{ templates: [{ name, source }], cases: [{ name, variables }] }] }; within a group every template meets every case.
// RESULTS is [{ template, case, text }] or, where the reference throws, [{ template, case, error }].
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, casesFile, resultsFile] = process.argv.slice(2);
const require = createRequire(join(resolve(folder), "package.json"));
const { Template } = await import(pathToFileURL(require.resolve("@huggingface/jinja")));
const { now, groups } = JSON.parse(readFileSync(casesFile, "utf8"));

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [now] : args));
  }
};

function render(parsed, variables) {
  try {
    return { text: parsed().render(variables) };
  } catch (error) {
    return { error: String(error?.message ?? error) };
  }
}

const results = [];
for (const { templates, cases } of groups) {
  for (const { name, source } of templates) {
    let template;
    const parsed = () => (template ??= new Template(source));
    for (const { name: caseName, variables } of cases) {
      results.push({ template: name, case: caseName, ...render(parsed, variables) });
    }
  }
}

writeFileSync(resultsFile, JSON.stringify(results));
