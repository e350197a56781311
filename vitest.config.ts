import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Tiers: `unit` and `contract` run the sources; `command` and `e2e` run what `npm run build` made. */
const tier = (name: string, timeout: number) => ({
  root: here('.'),
  resolve: { alias: { 'gonative/contract': here('./src/contract/index.ts') } },
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeout,
    hookTimeout: timeout,
    disableConsoleIntercept: true,
  },
})

export default defineConfig({
  test: {
    // Of two processors vitest would leave one alone; zig often makes a C library with one.
    maxWorkers: '100%',
    projects: [tier('unit', 30_000), tier('contract', 60_000), tier('command', 120_000), tier('e2e', 1_200_000)],
  },
})
