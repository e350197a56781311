/**
 * `--json` for commands that don't have it, those of @oclif/plugin-plugins: what they print goes to standard error,
 * and one document says how it ended.
 */
import { run, type Config } from '@oclif/core'

/** Runs a command with `--json`, whether or not it knows the flag itself. */
export async function jsonForOthers(argv: string[], config: Config): Promise<void> {
  const command = findCommand(argv, config)
  if (command === undefined || command.enableJsonFlag) {
    await run(argv, config)
    return
  }
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = process.stderr.write.bind(process.stderr)
  try {
    await run(
      argv.filter((argument) => argument !== '--json'),
      config,
    )
  } finally {
    process.stdout.write = write
  }
  process.stdout.write(`${JSON.stringify({ command: command.id.replaceAll(':', ' '), done: true })}\n`)
}

/** The command that the first words name: `plugins link x` is plugins:link. */
function findCommand(argv: string[], config: Config): ReturnType<Config['findCommand']> {
  const words = argv.filter((argument) => !argument.startsWith('-'))
  for (let count = words.length; count > 0; count--) {
    const command = config.findCommand(words.slice(0, count).join(':'))
    if (command) return command
  }
  return undefined
}
