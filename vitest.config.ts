import { defineConfig } from 'vitest/config'
import { vitePagePlugin } from './build/page.mjs'

export default defineConfig({
  plugins: [vitePagePlugin()],
  test: {
    globalSetup: ['test/build-bundle.ts'],
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // CommonJS dependencies are seen as Node sees them, and as the bundle does.
    deps: { interopDefault: false },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
