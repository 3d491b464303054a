// Brings the pinned engine libraries into one package folder: node bring.mjs FOLDER
// Two builds may ask at the same time, and npm ci begins by deleting node_modules: a lock folder lets one of them work and the other wait.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(process.argv[2] ?? ".");
const stamp = join(folder, "node_modules", ".brought");
const lock = join(folder, ".bringing");
const abandonedAfterMs = 15 * 60_000;

const fresh = () => existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(join(folder, "package-lock.json")).mtimeMs;

function acquire() {
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
      if (age > abandonedAfterMs) rmSync(lock, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

acquire();
try {
  if (!fresh()) {
    const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: folder,
      stdio: ["ignore", "inherit", "inherit"],
      shell: process.platform === "win32",
    });
    if (npm.error) console.error(`npm did not start: ${npm.error.message}`);
    if (npm.status !== 0) process.exitCode = 1;
    else writeFileSync(stamp, "");
  } else {
    // Another build did the work while this one waited; the time says so to MSBuild.
    utimesSync(stamp, new Date(), new Date());
  }
} finally {
  rmSync(lock, { recursive: true, force: true });
}
