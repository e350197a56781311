# What the user has set, and what the env file of a target adds to it: for the go shim, and for `exec --target`, where it
# does the same as src/launch/environment.ts.

# What a shim (or exec --target) further out has set is not the user's, if it is still as it was set there.
gn_forget() {
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
}

# The target that a build is for (gn_os, gn_arch; empty where nothing says), whether compilers of ours are wanted
# (gn_compilers), and gn_users, the names that `go env -w` has set.
gn_settings() {
  gn_os=${GOOS-} gn_arch=${GOARCH-} gn_cgo=${CGO_ENABLED-} gn_users=' '
  gn_file=
  gn_minor=${gn_go#*.}
  case $gn_go in [a-z]*) gn_release "$gn_go" || gn_minor=99 ;; esac
  gn_minor=${gn_minor%%[!0-9]*}
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
      # shellcheck disable=SC2034 # gn_os and gn_arch are the go shim's
      case $gn_line in
      GOOS=*) [ -n "${GOOS-}" ] || gn_os=$gn_value ;;
      GOARCH=*) [ -n "${GOARCH-}" ] || gn_arch=$gn_value ;;
      CGO_ENABLED=*) [ -n "${CGO_ENABLED-}" ] || gn_cgo=$gn_value ;;
      esac
    done <"$gn_file"
  fi
  gn_compilers=yes
  if [ -n "${CC-}" ] || [ "$gn_cgo" = 0 ]; then gn_compilers=; fi
  case $gn_users in *' CC '*) gn_compilers= ;; esac
}

# FILE [GOROOT]: exports its NAME=value lines (src/launch/env-files.ts), each unless the user has set the name, and adds
# them to gn_set; compilers only while gn_compilers says so.
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
