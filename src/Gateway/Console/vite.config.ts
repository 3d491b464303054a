import { defineConfig } from 'vite';

// The gateway refuses foreign Host headers, so the development proxy presents the gateway's own address.
const gateway = process.env.GENAI_URL ?? 'http://127.0.0.1:8080';
const proxied = { target: gateway, changeOrigin: true, headers: { origin: gateway } };

export default defineConfig({
  base: './',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    outDir: process.env.CONSOLE_OUT ?? '../wwwroot',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing may be inlined: the page's content policy allows scripts and styles of its own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      // Fixed names: the build never leaves an old hash behind beside the program, and each load asks by ETag.
      output: {
        entryFileNames: 'assets/[name].js',
        chunkFileNames: 'assets/[name].js',
        assetFileNames: 'assets/[name][extname]',
      },
    },
  },
  server: { proxy: { '/v1': proxied, '/health': proxied } },
});
