// Builds the console into ../wwwroot: node build.mjs STAMP
// Two builds may ask at the same time, and npm ci begins by deleting node_modules: a lock folder lets one of them work
// and the other wait. Packages are brought only when the lock file is newer than those that are there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const output = join(folder, '../wwwroot');
const stamp = resolve(process.argv[2] ?? join(folder, 'node_modules/.console-built'));
const brought = join(folder, 'node_modules/.brought');
const lock = join(folder, '.building');
const abandonedAfterMs = 15 * 60_000;

const timeOf = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

function newestSource(path = folder) {
  let newest = 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (['node_modules', '.building', 'test'].includes(entry.name)) continue;
    const child = join(path, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestSource(child) : timeOf(child));
  }
  return newest;
}

function acquire() {
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const since = timeOf(lock);
      if (since > 0 && Date.now() - since > abandonedAfterMs) rmSync(lock, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

function run(command, args) {
  const result = spawnSync(command, args, {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (result.error) console.error(`${command} did not start: ${result.error.message}`);
  return result.status === 0;
}

function bring() {
  if (timeOf(brought) >= timeOf(join(folder, 'package-lock.json'))) return true;
  if (!run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])) return false;
  writeFileSync(brought, '');
  return true;
}

function build() {
  const isFresh = existsSync(join(output, 'index.html')) && timeOf(stamp) >= newestSource();
  return isFresh || run(process.execPath, [join(folder, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn']);
}

acquire();
try {
  if (bring() && build()) {
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, '');
  } else {
    process.exitCode = 1;
  }
} finally {
  rmSync(lock, { recursive: true, force: true });
}
