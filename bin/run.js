#!/usr/bin/env node
import module from 'node:module'

module.enableCompileCache?.()
const { quick } = await import('../dist/cli/quick.js')
if (!(await quick(process.argv.slice(2), new URL('..', import.meta.url)))) {
  const { main } = await import('../dist/cli/main.js')
  await main(import.meta.url)
}
