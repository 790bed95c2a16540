import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// The server sends a policy without inline scripts, styles or data fonts: nothing may be inlined here.
export default defineConfig({
  plugins: [svelte()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/api': process.env['SIAGA_URL'] ?? 'http://127.0.0.1:8199' },
  },
  // One test reads the colours of the style sheet.
  test: { include: ['src/**/*.test.ts'], environment: 'node', css: { include: [/base\.css/] } },
});
