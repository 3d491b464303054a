// Type check, then bundle the tests as they are and run them with Node's own runner: no test framework to install.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = mkdtempSync(join(here, '../node_modules/.test-'));
const run = (args) => spawnSync(process.execPath, args, { stdio: 'inherit', cwd: join(here, '..') }).status ?? 1;

try {
  const types = run([join(here, '../node_modules/typescript/bin/tsc'), '--noEmit']);
  await build({
    entryPoints: readdirSync(here).filter((f) => f.endsWith('.test.ts')).map((f) => join(here, f)),
    outdir: out,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  });
  const files = readdirSync(out).filter((f) => f.endsWith('.mjs')).map((f) => join(out, f));
  process.exitCode = run(['--test', '--test-reporter=tap', ...files]) || types;
} finally {
  rmSync(out, { recursive: true, force: true });
}
