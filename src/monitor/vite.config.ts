/** Builds the monitor's page into dist/monitor: static files with relative paths, served by `rwave monitor`. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));

export default defineConfig({
  root: here,
  base: './',
  build: {
    outDir: resolve(here, '../../dist/monitor'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The page's security policy allows no data: URLs.
    assetsInlineLimit: 0,
  },
});
