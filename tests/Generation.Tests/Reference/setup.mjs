// Prepares a folder for the chat template tests: node setup.mjs FOLDER
// It gets the reference implementation (pinned by package-lock.json) and, out of the llama.cpp repository that node-llama-cpp carries as a
// git bundle (pinned by its hash in package.json), the chat templates of real models. Those are not ours to publish, so they stay there.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const folder = resolve(process.argv[2]);
const pinned = readFileSync(join(here, "package.json"), "utf8") + readFileSync(join(here, "package-lock.json"), "utf8");
const stamp = join(folder, ".ready");

const run = (command, args, cwd = folder) =>
  execFileSync(command, args, { cwd, stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28, shell: process.platform === "win32" });

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== pinned) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) copyFileSync(join(here, file), join(folder, file));
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);

  const { package: name, integrity } = JSON.parse(readFileSync(join(here, "package.json"), "utf8")).templates;
  const archive = join(folder, run("npm", ["pack", name, "--loglevel=error"]).toString().trim().split("\n").at(-1));
  const actual = "sha512-" + createHash("sha512").update(readFileSync(archive)).digest("base64");
  if (actual !== integrity) throw new Error(`${name} has the hash ${actual}, not ${integrity}`);

  run("tar", ["-xzf", archive, "package/llama/gitRelease.bundle"]);
  run("git", ["clone", "--quiet", "--no-checkout", join("package", "llama", "gitRelease.bundle"), "repository"]);
  run("git", ["-C", "repository", "checkout", "--quiet", "HEAD", "--", "models/templates"]);
  rmSync(archive);
  rmSync(join(folder, "package"), { recursive: true });
  writeFileSync(stamp, pinned);
}
