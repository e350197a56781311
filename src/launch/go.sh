#!/bin/sh
# The shim of go and gofmt: decides which Go is in force here, gives it the env file of its target, and becomes it.
# The rule is that of src/version/project.ts, and one table of cases tests both. It runs for every build, so it has
# builtins and one exec only; and it names its variables gn_..., because one of the same name that the user has exported
# must reach Go as it was.
gn_hostos=@hostos@ gn_hostarch=@hostarch@ # put in when the shims are written
gn_newline='
'
gn_home=${0%/*}
gn_home=${gn_home%/*}
if [ ! -d "$gn_home/toolchains" ]; then # called by another path than <home>/shims/go
  gn_home=${0%/*}/..
  [ -d "$gn_home/toolchains" ] || gn_home=${GONATIVE_HOME:-${HOME-}/.gonative}
fi
case $gn_home in
/*) ;;
*) gn_home=${PWD-}/$gn_home ;;
esac

gn_fail() { # EXIT MESSAGE
  printf 'gonative: %s\n' "$2" >&2
  exit "$1"
}

gn_refuse() { # WHERE; what it holds is left out, since it may be anything
  gn_fail 2 "$1 does not hold a Go version; write a version (1.27.4) or a line (1.27) there"
}

# TEXT: sets gn_version (as published), gn_wanted (as it was asked for), gn_line, gn_exact (empty for a line) and gn_key
# (a number in Go's order of versions); fails for anything else. No number has more than four digits.
gn_parse() {
  gn_rest=${1#go}
  gn_major=${gn_rest%%.*}
  gn_rest=${gn_rest#"$gn_major"}
  gn_rest=${gn_rest#.}
  gn_minor=${gn_rest%%[!0-9]*}
  gn_rest=${gn_rest#"$gn_minor"}
  gn_line=$gn_major.$gn_minor gn_exact=yes gn_old='' gn_released='' gn_patch=0 gn_kind=0 gn_pre=0
  case $gn_minor in [0-9] | 1[0-9] | 20) gn_old=1 ;; esac
  case $gn_rest in
  '') gn_exact='' gn_released=$gn_old ;;
  .*) gn_patch=${gn_rest#.} gn_released=1 ;;
  alpha*) gn_kind=1 gn_pre=${gn_rest#alpha} ;;
  beta*) gn_kind=2 gn_pre=${gn_rest#beta} ;;
  rc*) gn_kind=3 gn_pre=${gn_rest#rc} ;;
  *) return 1 ;;
  esac
  for gn_number in "$gn_major" "$gn_minor" "$gn_patch" "$gn_pre"; do
    case $gn_number in
    0 | [1-9] | [1-9][0-9] | [1-9][0-9][0-9] | [1-9][0-9][0-9][0-9]) ;;
    *) return 1 ;;
    esac
  done
  gn_wanted=$gn_line$gn_rest gn_version=$gn_line$gn_rest
  [ "$gn_major" != 0 ] || return 1
  if [ "$gn_old$gn_rest" = 1.0 ]; then # up to 1.20 the first release has the line's name, and go1 the major number's
    gn_version=$gn_line
    [ "$gn_minor" != 0 ] || gn_version=$gn_major
  fi
  gn_key=$((((gn_major * 10000 + gn_minor) * 10001 + gn_patch + ${gn_released:-0}) * 40000 + gn_kind * 10000 + gn_pre))
}

# COMMENT: one line's words, from standard input, into gn_a gn_b gn_c, without comments and the CR of CRLF.
gn_words() {
  gn_a='' gn_b='' gn_c=''
  IFS=' 	' read -r gn_a gn_b gn_c || [ -n "$gn_a" ] || return 1
  gn_at=$((gn_at + 1))
  case $gn_a$gn_b$gn_c in
  *"$1"*)
    case $gn_a in *"$1"*) gn_b='' gn_c='' ;; esac
    case $gn_b in *"$1"*) gn_c='' ;; esac
    gn_a=${gn_a%%"$1"*} gn_b=${gn_b%%"$1"*} gn_c=${gn_c%%"$1"*}
    gn_c=${gn_c%[[:blank:]]}
    ;;
  esac
  gn_a=${gn_a%[[:space:]]} gn_b=${gn_b%[[:space:]]} gn_c=${gn_c%[[:space:]]}
}

gn_readable() { # FILE
  [ -r "$1" ] || gn_fail 2 "$1 cannot be read"
}

# FILE NAMES: the version that a pin file names, into gn_text and gn_from; NAMES are the tools' words in its lines.
gn_pin() {
  gn_readable "$1"
  gn_at=0
  while gn_words '#'; do
    case $2:$gn_a in
    plain: | tools:) continue ;;
    plain:*) gn_text=$gn_a${gn_b:+ $gn_b}${gn_c:+ $gn_c} ;;
    tools:golang | tools:go) gn_text=$gn_b ;;
    *) continue ;;
    esac
    gn_from=$1:$gn_at
    return
  done <"$1"
}

# FILE: the larger of the go and toolchain lines, as gn_key, gn_version and so on, and gn_from; gn_from stays empty when
# there is no minimum. After the go line nothing is sought behind the first require or use: those lists are long.
gn_module() {
  gn_readable "$1"
  gn_at=0 gn_go='' gn_toolchain=''
  while gn_words //; do
    case $gn_a in
    go) [ -n "$gn_go" ] || [ -z "$gn_b" ] || gn_go=$gn_b${gn_c:+ $gn_c} gn_go_at=$gn_at ;;
    toolchain) [ -n "$gn_toolchain" ] || [ -z "$gn_b" ] || gn_toolchain=$gn_b${gn_c:+ $gn_c} gn_toolchain_at=$gn_at ;;
    require* | use*) [ -z "$gn_go" ] || break ;;
    esac
  done <"$1"
  case $gn_toolchain in default | local) return ;; esac
  gn_least=0
  if [ -n "$gn_go" ]; then
    gn_from=$1:$gn_go_at
    gn_parse "$gn_go" || gn_refuse "$gn_from"
    gn_least=$gn_key
  fi
  if [ -n "$gn_toolchain" ]; then
    gn_parse "${gn_toolchain%%-*}" || gn_refuse "$1:$gn_toolchain_at"
    if [ "$gn_key" -gt "$gn_least" ]; then
      gn_from=$1:$gn_toolchain_at
    else
      gn_parse "$gn_go"
    fi
  fi
}

gn_read() { # FILE: its one line into gn_value, empty when there is no such file
  gn_value=
  [ ! -f "$1" ] || IFS= read -r gn_value <"$1" || :
}

gn_missing() { # WANTED
  gn_fail 5 "Go $1 is not installed, and $gn_from asks for it; run: gonative install $1"
}

# ---------------------------------------------------------------- which Go: sets gn_go to an exact version

gn_text='' gn_from='' gn_work='' gn_mod=''
if [ -n "${GONATIVE_GO-}" ]; then
  gn_text=$GONATIVE_GO gn_from=GONATIVE_GO
else
  case ${GOWORK-} in '' | auto) ;; *) gn_work=$GOWORK ;; esac
  case ${PWD-} in /*) gn_dir=${PWD%/} ;; *) gn_dir= ;; esac
  while :; do
    [ ! -f "$gn_dir/.go-version" ] || gn_pin "$gn_dir/.go-version" plain
    [ -n "$gn_from" ] || [ ! -f "$gn_dir/.tool-versions" ] || gn_pin "$gn_dir/.tool-versions" tools
    [ -z "$gn_from" ] || break
    [ -n "$gn_work" ] || [ ! -f "$gn_dir/go.work" ] || gn_work=$gn_dir/go.work
    [ -n "$gn_mod" ] || [ ! -f "$gn_dir/go.mod" ] || gn_mod=$gn_dir/go.mod
    [ -n "$gn_dir" ] || break
    gn_dir=${gn_dir%/*}
  done
  if [ "$gn_work" = off ] || [ ! -f "$gn_work" ]; then gn_work=$gn_mod; fi
fi
if [ -n "$gn_from" ]; then
  gn_parse "$gn_text" || gn_refuse "$gn_from"
  gn_go=$gn_version
  if [ -z "$gn_exact" ]; then
    gn_read "$gn_home/env/$gn_line"
    gn_go=$gn_value
  fi
else
  [ -z "$gn_work" ] || gn_module "$gn_work"
  gn_read "$gn_home/env/default"
  gn_go=$gn_value
  if [ -n "$gn_from" ]; then
    gn_least=$gn_key gn_newest=$gn_home/env/$gn_line gn_asked=$gn_wanted
    if ! gn_parse "$gn_go" || [ "$gn_key" -lt "$gn_least" ]; then
      gn_read "$gn_newest"
      gn_go=$gn_value
      if ! gn_parse "$gn_go" || [ "$gn_key" -lt "$gn_least" ]; then gn_missing "$gn_asked"; fi
    fi
    gn_wanted=$gn_go
  elif [ -n "$gn_go" ]; then
    gn_from='the default' gn_wanted=$gn_go
  else
    gn_fail 5 'no Go is chosen here; run: gonative install latest'
  fi
fi
if [ ! -f "$gn_home/toolchains/go$gn_go.receipt.json" ]; then gn_missing "$gn_wanted"; fi
gn_root=$gn_home/toolchains/go$gn_go
case ${0##*/} in
gofmt*) exec "$gn_root/bin/gofmt" "$@" ;;
esac
gn_minor=${gn_go#*.}
gn_minor=${gn_minor%%[!0-9]*}

# ---------------------------------------------------------------- what the user has set

# What a shim (or exec --target) further out has set is not the user's, if it is still as it was set there.
while [ -n "${GONATIVE_SET-}" ]; do
  gn_pair=${GONATIVE_SET%%"$gn_newline"*}
  GONATIVE_SET=${GONATIVE_SET#"$gn_pair"}
  GONATIVE_SET=${GONATIVE_SET#"$gn_newline"}
  gn_name=${gn_pair%%=*}
  case $gn_name in
  '' | *[!A-Z0-9_]* | [0-9]*) ;;
  *) eval "[ \"\${$gn_name-}\" != \"\${gn_pair#*=}\" ] || unset $gn_name" ;;
  esac
done
unset GONATIVE_SET

gn_os=${GOOS-} gn_arch=${GOARCH-} gn_cgo=${CGO_ENABLED-}
gn_users=' ' # the names that `go env -w` has set
gn_file=
if [ "${gn_minor:-0}" -ge 13 ]; then # where Go looks for it: os.UserConfigDir
  case ${GOENV-},$gn_hostos,${XDG_CONFIG_HOME-} in
  off,*) ;;
  ,darwin,*) gn_file=${HOME-}/Library/Application\ Support/go/env ;;
  ,*,/*) gn_file=$XDG_CONFIG_HOME/go/env ;;
  ,*,) gn_file=${HOME-}/.config/go/env ;;
  ,*) ;;
  *) gn_file=$GOENV ;;
  esac
fi
if [ -n "$gn_file" ] && [ -f "$gn_file" ] && [ -r "$gn_file" ]; then
  while IFS= read -r gn_line || [ -n "$gn_line" ]; do
    gn_value=${gn_line#*=}
    case $gn_line in
    [A-Z]*=?*) gn_users="$gn_users${gn_line%%=*} " ;;
    *) continue ;;
    esac
    case $gn_line in
    GOOS=*) [ -n "${GOOS-}" ] || gn_os=$gn_value ;;
    GOARCH=*) [ -n "${GOARCH-}" ] || gn_arch=$gn_value ;;
    CGO_ENABLED=*) [ -n "${CGO_ENABLED-}" ] || gn_cgo=$gn_value ;;
    esac
  done <"$gn_file"
fi

# ---------------------------------------------------------------- what the target's env file adds

gn_set=
# FILE [GOROOT]: its NAME=value lines (src/launch/env-files.ts), each unless the user has set the name; compilers only
# while gn_compilers says so.
gn_apply() {
  while IFS= read -r gn_line; do
    gn_name=${gn_line%%=*}
    case $gn_name in
    "$gn_line" | '' | *[!A-Z0-9_]* | [0-9]*) continue ;;
    GOPATH | GOBIN | GOTOOLCHAIN | GOFLAGS | PATH) continue ;;
    GOROOT) [ "${2-}" = GOROOT ] || continue ;; # before 1.9 Go does not find it itself
    GO*) ;;
    *) [ -n "$gn_compilers" ] || continue ;;
    esac
    case $gn_users in *" $gn_name "*) continue ;; esac
    eval "[ -z \"\${$gn_name-}\" ]" || continue
    # shellcheck disable=SC2163 # the line is NAME=value
    export "$gn_line"
    gn_set=$gn_set$gn_line$gn_newline
  done <"$1"
}

gn_compilers=yes
if [ -n "${CC-}" ] || [ "$gn_cgo" = 0 ]; then gn_compilers=; fi
case $gn_users in *' CC '*) gn_compilers= ;; esac
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
