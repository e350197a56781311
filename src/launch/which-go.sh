# Which Go is in force here: the rule of src/version/project.ts, once for the shims and for the launcher, and one table
# of cases tests all three. What it says and the exit codes are those of the commands in Node (src/cli/version.ts).

gn_fail() { # EXIT MESSAGE
  printf 'gonative: %s\n' "$2" >&2
  exit "$1"
}

gn_refuse() { # WHERE; what it holds is left out, since it may be anything
  gn_fail 2 "$1 does not hold a Go version
  Write a version (1.27.4) or a line (1.27) there."
}

# TEXT: sets gn_version (as published), gn_wanted (as it was asked for), gn_line, gn_exact (empty for a line), and
# gn_high and gn_low, which together are in Go's order of versions; fails for anything else. No number has more than four
# digits, and two are kept because mksh, which is the sh of Android, counts with 32 bits.
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
  gn_high=$((gn_major * 10000 + gn_minor))
  gn_low=$(((gn_patch + ${gn_released:-0}) * 40000 + gn_kind * 10000 + gn_pre))
}

gn_older() { # HIGH LOW: whether what gn_parse has read is older than that
  [ "$gn_high" -lt "$1" ] || { [ "$gn_high" -eq "$1" ] && [ "$gn_low" -lt "$2" ]; }
}

# TEXT: as gn_parse, for the name of a Go that `gonative link` linked; fails for any other text.
gn_linked() {
  case $1 in '' | *[!a-z0-9-]* | [!a-z]*) return 1 ;; esac
  [ -f "$gn_home/toolchains/go$1.receipt.json" ] || return 1
  gn_version=$1 gn_wanted=$1 gn_exact=yes
}

# VERSION: gn_parse of the release that it is: of a linked one with a name, what its GOROOT says.
gn_release() {
  case $1 in
  [a-z]*)
    gn_read "$gn_home/toolchains/go$1/VERSION"
    [ -n "$gn_value" ] || gn_read "$gn_home/toolchains/go$1/VERSION.cache"
    gn_value=${gn_value#devel }
    gn_parse "${gn_value%%[ -]*}"
    ;;
  *) gn_parse "$1" ;;
  esac
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

# FILE: the larger of the go and toolchain lines, as gn_parse leaves it, and gn_from; gn_from stays empty when there
# is no minimum. After the go line nothing is sought behind the first require or use: those lists are long.
gn_module() {
  gn_readable "$1"
  gn_at=0 gn_least_go='' gn_toolchain=''
  while gn_words //; do
    case $gn_a in
    go) [ -n "$gn_least_go" ] || [ -z "$gn_b" ] || gn_least_go=$gn_b${gn_c:+ $gn_c} gn_go_at=$gn_at ;;
    toolchain) [ -n "$gn_toolchain" ] || [ -z "$gn_b" ] || gn_toolchain=$gn_b${gn_c:+ $gn_c} gn_toolchain_at=$gn_at ;;
    require* | use*) [ -z "$gn_least_go" ] || break ;;
    esac
  done <"$1"
  case $gn_toolchain in default | local) gn_toolchain= ;; esac
  if [ -n "$gn_least_go" ]; then
    gn_from=$1:$gn_go_at
    gn_parse "$gn_least_go" || gn_refuse "$gn_from"
    gn_least_high=$gn_high gn_least_low=$gn_low
  fi
  if [ -n "$gn_toolchain" ]; then
    gn_parse "${gn_toolchain%%-*}" || gn_refuse "$1:$gn_toolchain_at"
    if [ -n "$gn_least_go" ] && gn_older "$gn_least_high" $((gn_least_low + 1)); then # or the same
      gn_parse "$gn_least_go"
    else
      gn_from=$1:$gn_toolchain_at
    fi
  fi
}

gn_read() { # FILE: its one line into gn_value, empty when there is no such file
  gn_value=
  [ ! -f "$1" ] || IFS= read -r gn_value <"$1" || :
}

# DIRECTORY: what the files there or further up ask for: a pin as gn_text with gn_from, or gn_work, the go.work or go.mod
# that counts.
gn_project() {
  gn_work='' gn_mod=''
  case ${GOWORK-} in '' | auto) ;; *) gn_work=$GOWORK ;; esac
  case $1 in /*) gn_dir=${1%/} ;; *) gn_dir= ;; esac # else the way up would not end
  while :; do
    # Most directories have none of them, and with each one that is asked for by itself the way up costs more.
    if [ -f "$gn_dir/.go-version" ] || [ -f "$gn_dir/.tool-versions" ] ||
      [ -f "$gn_dir/go.work" ] || [ -f "$gn_dir/go.mod" ]; then
      [ ! -f "$gn_dir/.go-version" ] || gn_pin "$gn_dir/.go-version" plain
      [ -n "$gn_from" ] || [ ! -f "$gn_dir/.tool-versions" ] || gn_pin "$gn_dir/.tool-versions" tools
      [ -z "$gn_from" ] || return 0
      [ -n "$gn_work" ] || [ ! -f "$gn_dir/go.work" ] || gn_work=$gn_dir/go.work
      [ -n "$gn_mod" ] || [ ! -f "$gn_dir/go.mod" ] || gn_mod=$gn_dir/go.mod
    fi
    case $gn_dir in '') break ;; esac
    gn_dir=${gn_dir%/*}
  done
  if [ "$gn_work" = off ] || [ ! -f "$gn_work" ]; then gn_work=$gn_mod; fi
}

# DIRECTORY: sets gn_go to the exact version in force there, gn_from to who said so, gn_wanted to what was asked for, and
# gn_by to how a minimum was met (default, newest, or empty). Where that is not installed, gn_lacking is what to install.
gn_resolve() {
  gn_text='' gn_from='' gn_work='' gn_by='' gn_lacking=''
  if [ -n "${GONATIVE_GO-}" ]; then
    gn_text=$GONATIVE_GO gn_from=GONATIVE_GO
  else
    gn_project "$1"
  fi
  if [ -n "$gn_from" ]; then
    if ! gn_linked "$gn_text"; then
      [ "$gn_text" != system ] ||
        gn_fail 5 "$gn_from asks for the system's Go, and none is linked; run: gonative link system"
      gn_parse "$gn_text" || gn_refuse "$gn_from"
    fi
    gn_pinned
  else
    [ -z "$gn_work" ] || gn_module "$gn_work"
    gn_read "$gn_home/env/default"
    gn_go=$gn_value
    if [ -n "$gn_from" ]; then
      gn_minimum
    elif [ -n "$gn_go" ]; then
      gn_from='the default' gn_wanted=$gn_go
    else
      gn_fail 5 'no Go version is in force here; run: gonative install latest'
    fi
  fi
  if [ ! -f "$gn_home/toolchains/go$gn_go.receipt.json" ]; then
    gn_lacking=$gn_wanted
  elif [ ! -x "$gn_home/toolchains/go$gn_go/bin/go" ] && [ -h "$gn_home/toolchains/go$gn_go" ]; then
    gn_fail 5 "go $gn_go is a link, and there is no Go where it leads any more; run: gonative list"
  fi
}

gn_pinned() { # what gn_parse has read, as a pin
  gn_go=$gn_version
  [ -z "$gn_exact" ] || return 0
  gn_read "$gn_home/env/$gn_line"
  gn_go=$gn_value
}

gn_minimum() { # what gn_parse has read, as a minimum for gn_go, the default
  gn_least_high=$gn_high gn_least_low=$gn_low gn_newest=$gn_home/env/$gn_line gn_asked=$gn_wanted gn_by=default
  if ! gn_release "$gn_go" || gn_older "$gn_least_high" "$gn_least_low"; then
    gn_read "$gn_newest"
    # shellcheck disable=SC2034 # for `current`
    gn_go=$gn_value gn_by=newest
    if ! gn_parse "$gn_go" || gn_older "$gn_least_high" "$gn_least_low"; then gn_go=; fi
  fi
  gn_wanted=$gn_asked
}

gn_missing() {
  gn_fail 5 "go $gn_lacking is not installed (asked for by $gn_from); run: gonative install $gn_lacking"
}

# Whether config.json says to install what is missing: the one setting that the shims read there, and only then.
gn_installs() {
  [ -r "$gn_home/config.json" ] || return 1
  while IFS= read -r gn_value || [ -n "$gn_value" ]; do
    case $gn_value in
    *'"autoInstall"'*:*)
      gn_value=${gn_value#*'"autoInstall"'*:}
      case ${gn_value#"${gn_value%%[![:space:]]*}"} in true*) return 0 ;; esac
      ;;
    esac
  done <"$gn_home/config.json"
  return 1
}

# The directory as the shell and the go command name it, with no `..` in it: each part is one level up.
gn_here() {
  gn_start=${PWD-}
  case $gn_start in
  /*) ;;
  *) gn_start=$(pwd -P 2>/dev/null) || gn_start=/ ;;
  esac
  case $gn_start/ in
  */../* | */./*) gn_start=$(pwd -P 2>/dev/null) || gn_start=/ ;;
  esac
}
