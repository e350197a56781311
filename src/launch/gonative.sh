#!/bin/sh
# gonative, with the store that this shim is in. `exec`, `which` and `current` are answered here, since builds call them
# and Node takes 60 ms to start. Node has every other command, every option that is not plain, and most failures. What
# stands between @ is put in when the shims are written.
[ -n "${GONATIVE_HOME-}" ] || GONATIVE_HOME=@home@
export GONATIVE_HOME
gn_node() {
  gn_runtime=@node@
  [ -x "$gn_runtime" ] || gn_runtime=node
  # With less room for young garbage an install is 25 MB smaller and no slower; Node itself starts 7 ms later.
  case ${1-} in install) exec "$gn_runtime" --max-semi-space-size=2 @entry@ "$@" ;; esac
  exec "$gn_runtime" @entry@ "$@"
}
case ${1-} in
exec | which | current) ;;
*) gn_node "$@" ;;
esac
gn_hostos=@hostos@
gn_newline='
'
gn_home=$GONATIVE_HOME
case $gn_home/ in
*:* | *"$gn_newline"* | *//* | */./* | */../*) gn_node "$@" ;; # what src/cli/home.ts refuses or puts in order
/*) ;;
*) gn_node "$@" ;;
esac

@which-go.sh@

@target-env.sh@

# COMMAND WORD...: sets gn_flag_go, gn_flag_target, gn_program, and gn_own, how many words come before the program; fails
# where Node has to look at them.
gn_read_words() {
  gn_flag_go='' gn_flag_target='' gn_program='' gn_own=1
  gn_command=$1
  shift
  while [ $# -gt 0 ]; do
    case $1 in
    --go=?*) gn_flag_go=${1#*=} ;;
    --target=?*) gn_flag_target=${1#*=} ;;
    --go | --target)
      case ${2-} in '' | -*) return 1 ;; esac
      case $1 in --go) gn_flag_go=$2 ;; *) gn_flag_target=$2 ;; esac
      gn_own=$((gn_own + 1))
      shift
      ;;
    --)
      [ "$gn_command" = exec ] || return 1
      gn_own=$((gn_own + 1)) gn_program=${2-}
      break
      ;;
    -* | '') return 1 ;;
    *)
      [ -z "$gn_program" ] || return 1
      gn_program=$1
      [ "$gn_command" = which ] || break
      ;;
    esac
    gn_own=$((gn_own + 1))
    shift
  done
  case $gn_command,$gn_program,$gn_flag_target in
  which,*,) gn_program=${gn_program:-go} ;;
  current,,) [ -z "$gn_flag_go" ] ;;
  exec,,* | exec,-*) return 1 ;;
  exec,*) ;;
  *) return 1 ;;
  esac
}

gn_current() { # why this Go, in the words of src/commands/current.ts
  case $gn_by,$gn_from in
  default,*) gn_why="the default; $gn_from asks for at least $gn_wanted" ;;
  newest,*) gn_why="the newest installed of its line; $gn_from asks for at least $gn_wanted" ;;
  ,'the default') gn_why='the default, set by gonative use' ;;
  *)
    gn_why="set by $gn_from"
    [ -n "$gn_exact" ] || gn_why="the newest installed $gn_wanted, $gn_why"
    ;;
  esac
  printf 'go %s: %s\n' "$gn_go" "$gn_why"
}

# The shims first on PATH, and nowhere else in it.
gn_path() {
  gn_rest=${PATH:+$PATH:} gn_new=$gn_home/shims
  while [ -n "$gn_rest" ]; do
    gn_part=${gn_rest%%:*}
    gn_rest=${gn_rest#*:}
    [ "$gn_part" = "$gn_home/shims" ] || gn_new=$gn_new:$gn_part
  done
}

gn_runs() { # PROGRAM: whether it is there to be run, by its path or on gn_new
  case $1 in
  */*)
    [ -f "$1" ] && [ -x "$1" ]
    return
    ;;
  esac
  gn_rest=$gn_new:
  while [ -n "$gn_rest" ]; do
    gn_part=${gn_rest%%:*}
    gn_rest=${gn_rest#*:}
    if [ -f "${gn_part:-.}/$1" ] && [ -x "${gn_part:-.}/$1" ]; then return; fi
  done
  return 1
}

# The environment that src/launch/environment.ts gives to `exec`. The target's env file is there.
gn_environment() {
  gn_forget
  export GONATIVE_GO="$gn_go" PATH="$gn_new"
  [ -n "$gn_flag_target" ] || return 0
  export GOOS="${gn_flag_target%/*}" GOARCH="${gn_flag_target#*/}"
  gn_settings
  gn_set=
  gn_apply "$gn_home/env/go$gn_go/$GOOS-$GOARCH"
  [ -z "$gn_set" ] || export GONATIVE_SET="$gn_set"
}

gn_read_words "$@" || gn_node "$@"
if [ -n "$gn_flag_go" ]; then
  gn_parse "$gn_flag_go" || gn_node "$@"
  gn_pinned
  [ -f "$gn_home/toolchains/go$gn_go.receipt.json" ] || gn_node "$@"
else
  gn_here
  gn_resolve "$gn_start"
  if [ -n "$gn_lacking" ]; then
    if [ "$gn_command" = exec ] && gn_installs; then gn_node "$@"; fi
    gn_missing
  fi
fi
case $gn_command in
current)
  gn_current
  exit
  ;;
which)
  case $gn_program in *[!A-Za-z0-9_.+-]*) gn_node "$@" ;; esac
  [ -x "$gn_home/toolchains/go$gn_go/bin/$gn_program" ] || gn_node "$@"
  printf '%s\n' "$gn_home/toolchains/go$gn_go/bin/$gn_program"
  exit
  ;;
esac
case $gn_flag_target in
'') ;;
*[!a-z0-9/]* | */*/*) gn_node "$@" ;;
*) [ -f "$gn_home/env/go$gn_go/${gn_flag_target%/*}-${gn_flag_target#*/}" ] || gn_node "$@" ;;
esac
gn_path
gn_runs "$gn_program" || gn_node "$@"
gn_environment
shift "$gn_own"
exec "$@"
