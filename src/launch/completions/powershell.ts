/** Completions for PowerShell 5.1 and later. */
import { quotePowershell } from '../quote.js'
import { firstWords, secondWords, subcommands, targets, valuedFlags, type CommandModel, type Values } from './model.js'

/** @param home the store, where GONATIVE_HOME does not name another. */
export function powershellCompletions(model: readonly CommandModel[], home: string): string {
  const commands = model
    .map((command) => `    ${quotePowershell(command.name)} = ${tableOf(command, model)}\n`)
    .join('')
  const values = [...valuedFlags(model)].map(
    ([flag, value]) => `    ${quotePowershell(flag)} = ${quotePowershell(kindOf(value))}\n`,
  )
  return `# Completions of gonative for PowerShell, made by gonative setup.
Register-ArgumentCompleter -Native -CommandName gonative -ScriptBlock {
  param($word, $ast, $cursor)
  $targets = ${list(targets)}
  $commands = @{
${commands}  }
  $values = @{
${values.join('')}  }
  $subcommands = ${list(subcommands(model).map(({ name }) => name))}
  $name = ''
  $count = 0
  $previous = ''
  foreach ($element in @($ast.CommandElements | Select-Object -Skip 1)) {
    $text = $element.Extent.Text
    if ($element.Extent.EndOffset -ge $cursor -and $word -ne '') { break }
    if (-not $values.ContainsKey($previous) -and -not $text.StartsWith('-')) {
      if ($name -eq '') { $name = $text }
      elseif ($count -eq 0 -and $subcommands -ccontains "$name $text") { $name = "$name $text" }
      else { $count++ }
    }
    $previous = $text
  }
  $command = $commands[$name]
  $kind = if ($values.ContainsKey($previous)) { $values[$previous] }
    elseif ($name -eq '') { ${quotePowershell(
      firstWords(model)
        .map(({ word }) => word)
        .join(' '),
    )} }
    elseif ($null -eq $command) { 'none' }
    elseif ($word.StartsWith('-')) { $command.flags }
    elseif ($count -eq 0) { "$($command.first) $($command.seconds)".Trim() }
    else { $command.last }
  $before = ''
  $found = foreach ($each in $kind -split ' ') {
    switch ($each) {
      'none' { }
      'installed' {
        $store = if ($env:GONATIVE_HOME) { $env:GONATIVE_HOME } else { ${quotePowershell(home)} }
        Get-ChildItem -LiteralPath (Join-Path $store 'toolchains') -Filter 'go*.receipt.json' -Name -ErrorAction Ignore |
          ForEach-Object { $_ -creplace '^go(.*)\\.receipt\\.json$', '$1' }
      }
      'target' { $targets }
      'targets' {
        if ($word.Contains(',')) { $before = $word.Substring(0, $word.LastIndexOf(',') + 1) } else { 'all' }
        $targets
      }
      { $_ -in 'file', 'directory', 'program' } { } # PowerShell itself completes paths where nothing is offered
      default { $each }
    }
  }
  $found | ForEach-Object { "$before$_" } | Where-Object { $_.StartsWith($word, [StringComparison]::Ordinal) } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`
}

function tableOf({ name, flags, args, repeats }: CommandModel, model: readonly CommandModel[]): string {
  const names = flags.flatMap((flag) => [flag.name, ...(flag.short === undefined ? [] : [flag.short])])
  const [first = 'none', second] = args
  const entries = {
    flags: names.join(' '),
    first: kindOf(first),
    last: kindOf(second ?? (repeats ? first : 'none')),
    seconds: secondWords(model, name)
      .map(({ word }) => word)
      .join(' '),
  }
  const texts = Object.entries(entries).map(([key, text]) => `${key} = ${quotePowershell(text)}`)
  return `@{ ${texts.join('; ')} }`
}

function kindOf(values: Values): string {
  return typeof values === 'string' ? values : values.join(' ')
}

function list(words: readonly string[]): string {
  return `@(${words.map(quotePowershell).join(', ')})`
}
