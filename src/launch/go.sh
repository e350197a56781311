#!/bin/sh
# The shim of go and gofmt: decides which Go is in force here, gives it the env file of its target, and becomes it. It
# runs for every build, so it has builtins and one exec only; and it names its variables gn_..., because one of the same
# name that the user has exported must reach Go as it was. What stands between @ is put in when the shims are written.
gn_hostos=@hostos@ gn_hostarch=@hostarch@
gn_newline='
'
gn_home=${0%/*}
gn_home=${gn_home%/*}
if [ ! -d "$gn_home/toolchains" ]; then # called by another path than <home>/shims/go
  gn_home=${0%/*}/..
  if [ ! -d "$gn_home/toolchains" ]; then # a link to the shim, or a copy of it
    gn_home=@home@
    gn_home=${GONATIVE_HOME:-$gn_home}
    # A toolchain whose bin/go is such a link or copy has no Go in it, and would start itself for ever. Nothing else
    # comes by here twice in one process.
    if [ "${GONATIVE_SHIM-}" = "$$" ]; then
      printf 'gonative: %s\n' "$0 leads back to the shim of go: there is no Go in that toolchain; install it again" >&2
      exit 1
    fi
    export GONATIVE_SHIM="$$"
  fi
fi
case $gn_home in
/*) ;;
*) gn_home=${PWD-}/$gn_home ;;
esac

@which-go.sh@

@target-env.sh@

# ---------------------------------------------------------------- which Go

gn_here
# With -C, which goes before every other flag, the go command changes the directory before it looks for go.mod.
gn_flag=${1-} gn_at_dir=${2-}
case $gn_flag in
-*) ;;
mod | work) gn_flag=${3-} gn_at_dir=${4-} ;;
*) gn_flag=${2-} gn_at_dir=${3-} ;;
esac
case $gn_flag in
-C=* | --C=*) gn_at_dir=${gn_flag#*=} ;;
-C | --C) ;;
*) gn_at_dir= ;;
esac
if [ -n "$gn_at_dir" ]; then gn_start=$(CDPATH='' cd -P -- "$gn_at_dir" 2>/dev/null && pwd -P) || gn_here; fi
gn_resolve "$gn_start"
if [ -n "$gn_lacking" ]; then
  gn_installs || gn_missing
  exec "$gn_home/shims/gonative" exec --go "$gn_lacking" -- "${0##*/}" "$@"
fi
gn_root=$gn_home/toolchains/go$gn_go
case ${0##*/} in
gofmt*) exec "$gn_root/bin/gofmt" "$@" ;;
esac

# ---------------------------------------------------------------- its environment

gn_forget
# shellcheck disable=SC3013 # -ef: every sh has it, and POSIX since 2024
if [ -n "${GOROOT-}" ] && [ "$GOROOT" != "$gn_root" ] && ! [ "$GOROOT" -ef "$gn_root" ]; then
  printf 'gonative: %s\n' "GOROOT is $GOROOT, which is not go $gn_go's own $gn_root; unset it if builds fail" >&2
fi
gn_settings
gn_set=
gn_target=$gn_home/env/go$gn_go/${gn_os:-$gn_hostos}-${gn_arch:-$gn_hostarch}
if [ -f "$gn_target" ]; then
  # The host's own platform, unless it was asked for by name, is built with the system's C compiler if there is one, as
  # plain Go does; which one Go looks for is cmd/dist's defaultCCFunc.
  if [ -z "$gn_os$gn_arch" ]; then
    case $gn_hostos in darwin | freebsd | openbsd) gn_cc=clang ;; *) gn_cc=gcc ;; esac
    if [ -z "$gn_compilers" ] || command -v "$gn_cc" >/dev/null 2>&1; then gn_target=; fi
  fi
  [ -z "$gn_target" ] || gn_apply "$gn_target"
fi
[ ! -f "$gn_home/env/go$gn_go/toolchain" ] || gn_apply "$gn_home/env/go$gn_go/toolchain" GOROOT
if [ -n "$gn_set" ]; then
  export GONATIVE_SET="$gn_set"
  case ":${PATH-}:" in
  *":$gn_home/shims:"*) ;;
  *) export PATH="$gn_home/shims${PATH:+:$PATH}" ;;
  esac
fi
exec "$gn_root/bin/go" "$@"
