/**
 * For those who want no shims: the bin directory of the Go in force is on PATH, and changes with the directory. What a
 * shell evaluates defines a hook that compares a few values with builtins alone, and asks gonative when one has changed:
 * the directory, GONATIVE_GO, the first line of a .go-version here, or the store (`env/changed`).
 *
 * Entries of PATH are told by where they are in the store, so that nothing has to be remembered: a shell within a shell
 * finds the entry of the outer one, and PATH never grows. An entry is replaced in its place.
 */
import { join } from 'node:path'
import type { Layout } from '../store/layout.js'
import { quoteFish, quotePowershell, quoteSh } from './quote.js'
import type { Shell } from './shells.js'

/** Text to evaluate. Evaluating it again changes nothing; works under `set -eu`, and a prompt command finds `$?` as it was. */
export function onCdScript(shell: Shell, layout: Layout): string {
  return scripts[shell](layout)
}

const scripts: Record<Shell, (layout: Layout) => string> = {
  bash: (layout) => `${posix(layout)}case "\${PROMPT_COMMAND[*]-}" in
*_gonative_hook*) ;;
*)
  if [[ $(declare -p PROMPT_COMMAND 2>/dev/null) == 'declare -a'* ]]; then
    PROMPT_COMMAND=(_gonative_hook \${PROMPT_COMMAND[@]+"\${PROMPT_COMMAND[@]}"})
  else
    PROMPT_COMMAND=_gonative_hook\${PROMPT_COMMAND:+;$PROMPT_COMMAND}
  fi
  ;;
esac
_gonative_key=
_gonative_hook || :
`,
  zsh: (layout) => `${posix(layout)}autoload -Uz add-zsh-hook
add-zsh-hook chpwd _gonative_hook
add-zsh-hook precmd _gonative_hook
_gonative_key=
_gonative_hook || :
`,
  fish,
  powershell,
}

/** What bash and zsh have in common. */
function posix(layout: Layout): string {
  const gonative = quoteSh(join(layout.shims, 'gonative'))
  const store = quoteSh(layout.home) // PATH's entries are known by it, whatever GONATIVE_HOME is later
  const changed = quoteSh(changedFile(layout))
  return `_gonative_use() {
  local gn_go='' gn_bin='' gn_said='' gn_rest="\${PATH-}:" gn_part='' gn_path='' gn_done=''
  if gn_go=$(GONATIVE_HOME=${store} ${gonative} which go 2>/dev/null </dev/null); then
    gn_bin=\${gn_go%/*}
  else
    gn_said=$(GONATIVE_HOME=${store} ${gonative} which go 2>&1 >/dev/null </dev/null) || :
    [ "$gn_said" = "\${_gonative_said-}" ] || printf '%s\\n' "$gn_said" >&2
  fi
  _gonative_said=$gn_said
  while [ -n "$gn_rest" ]; do
    gn_part=\${gn_rest%%:*}
    gn_rest=\${gn_rest#*:}
    case $gn_part in
    ${quoteSh(`${layout.roomOf('go')}/go`)}*/bin)
      if [ -n "$gn_done" ] || [ -z "$gn_bin" ]; then continue; fi
      gn_part=$gn_bin gn_done=yes
      ;;
    esac
    gn_path=$gn_path:$gn_part
  done
  gn_path=\${gn_path#:}
  [ -n "$gn_done" ] || [ -z "$gn_bin" ] || gn_path=$gn_bin\${gn_path:+:$gn_path}
  [ "$gn_path" = "\${PATH-}" ] || PATH=$gn_path
}
_gonative_hook() {
  local gn_status=$? gn_changed='' gn_pin=''
  [ ! -r ${changed} ] || IFS= read -r gn_changed <${changed} || :
  if [ -f .go-version ] && [ -r .go-version ]; then IFS= read -r gn_pin <.go-version || :; fi
  if [ "\${PWD-}|\${GONATIVE_GO-}|$gn_pin|$gn_changed" != "\${_gonative_key-}" ]; then
    _gonative_key="\${PWD-}|\${GONATIVE_GO-}|$gn_pin|$gn_changed"
    _gonative_use
  fi
  case $- in *e*) return 0 ;; esac # any other status would end the shell
  return $gn_status
}
`
}

function fish(layout: Layout): string {
  const gonative = quoteFish(join(layout.shims, 'gonative'))
  const store = quoteFish(layout.home)
  const changed = quoteFish(changedFile(layout))
  const entry = quoteFish(`^${escapeRegExp(layout.roomOf('go'))}/go[^/]*/bin$`)
  return `function _gonative_use
    set -l gn_bin
    set -l gn_said
    if set -l gn_go (GONATIVE_HOME=${store} ${gonative} which go 2>/dev/null </dev/null)
        set gn_bin (string replace -r '/[^/]*$' '' -- $gn_go)
    else
        set gn_said (GONATIVE_HOME=${store} ${gonative} which go 2>&1 >/dev/null </dev/null | string collect)
        test "$gn_said" = "$_gonative_said"; or printf '%s\\n' "$gn_said" >&2
    end
    set -g _gonative_said "$gn_said"
    set -l gn_path
    set -l gn_done
    for gn_entry in $PATH
        if string match -qr -- ${entry} $gn_entry
            test -z "$gn_done" -a -n "$gn_bin"; or continue
            set gn_entry $gn_bin
            set gn_done yes
        end
        set gn_path $gn_path $gn_entry
    end
    test -n "$gn_done" -o -z "$gn_bin"; or set gn_path $gn_bin $gn_path
    test "$gn_path" = "$PATH"; or set -gx PATH $gn_path
end
function _gonative_hook --on-variable PWD --on-event fish_prompt
    set -l gn_changed
    set -l gn_pin
    test -r ${changed}; and read -l gn_changed <${changed}
    test -f .go-version -a -r .go-version; and read -l gn_pin <.go-version
    set -l gn_key "$PWD|$GONATIVE_GO|$gn_pin|$gn_changed"
    if test "$gn_key" != "$_gonative_key"
        set -g _gonative_key $gn_key
        _gonative_use
    end
end
set -g _gonative_key
_gonative_hook
`
}

/** The prompt that was there goes first, so that it finds `$?` as it was. */
function powershell(layout: Layout): string {
  const gonative = quotePowershell(join(layout.shims, 'gonative'))
  const changed = quotePowershell(changedFile(layout))
  const entry = quotePowershell(`^${escapeRegExp(layout.roomOf('go'))}[/\\\\]go[^/\\\\]*[/\\\\]bin$`)
  return `function global:_gonative_use {
  $exit = $global:LASTEXITCODE
  $bin = $null
  $said = ''
  $store = $env:GONATIVE_HOME
  $env:GONATIVE_HOME = ${quotePowershell(layout.home)}
  $go = & ${gonative} which go 2>$null
  if ($LASTEXITCODE -eq 0) { $bin = Split-Path -Parent "$go" }
  else {
    $said = (& ${gonative} which go 2>&1 | Out-String).TrimEnd()
    if ($said -cne $global:_gonative_said) { [Console]::Error.WriteLine($said) }
  }
  $global:_gonative_said = $said
  $done = $false
  $entries = @(foreach ($entry in $env:PATH -split [IO.Path]::PathSeparator) {
    if ($entry -cmatch ${entry}) {
      if ($done -or -not $bin) { continue }
      $done = $true
      $bin
    } else { $entry }
  })
  if ($bin -and -not $done) { $entries = @($bin) + $entries }
  $env:PATH = $entries -join [IO.Path]::PathSeparator
  $env:GONATIVE_HOME = $store
  $global:LASTEXITCODE = $exit
}
function global:_gonative_hook {
  $pin = if (Test-Path -LiteralPath .go-version -PathType Leaf) { Get-Content -LiteralPath .go-version -TotalCount 1 }
  $changed = if (Test-Path -LiteralPath ${changed}) { Get-Content -LiteralPath ${changed} -TotalCount 1 }
  $key = "$PWD|$env:GONATIVE_GO|$pin|$changed"
  if ($key -cne $global:_gonative_key) {
    $global:_gonative_key = $key
    _gonative_use
  }
}
if (-not (Test-Path Function:\\_gonative_prompt)) {
  Set-Item Function:\\global:_gonative_prompt $function:prompt
  function global:prompt {
    $text = & $function:_gonative_prompt
    _gonative_hook
    $text
  }
}
$global:_gonative_key = $null
_gonative_hook
`
}

/** Renewed whenever what can be in force has changed. */
export function changedFile(layout: Layout): string {
  return join(layout.home, 'env', 'changed')
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
