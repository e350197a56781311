#!/bin/sh
# gonative-@tool@ GRAFT ARGUMENT...: the C compiler, C++ compiler or archiver (cc, c++, ar) of one graft. A build calls it
# hundreds of times: builtins and one exec. The store is found from $0 and this name through PATH, so that CC, which is in
# the go command's cache key, is the same text on every machine and holds no path with spaces.
case $0 in
*/*) home=${0%/*} ;;
*) home=$(command -v "$0") && home=${home%/*} ;;
esac
case $home in
*/shims) home=${home%/shims} ;;
*) home=$home/.. ;;
esac
# Go 1.10 (seen with 1.10.8; not 1.19) puts -I and a directory before the compiler's second word.
case ${1-}/${3-} in
-I/*-[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f])
  directory=$2 graft=$3
  shift 3
  set -- "$graft" -I "$directory" "$@"
  ;;
esac
case ${1-} in
*-[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f])
  graft=$1
  shift
  ;;
*)
  # The go command and its linker put some questions (-###, which linker flags there are) to the compiler's first word
  # alone, and run what it names for --print-prog-name=ar as one word: gccToolID in cmd/go/internal/work/buildid.go,
  # linkerFlagSupported and findExtLinkTool in cmd/link/internal/ld/lib.go. The go command has set @variable@ then.
  case ${@variable@-} in
  'gonative-@tool@ '*) graft=${@variable@#gonative-@tool@ } ;;
  gonative-@tool@)
    # Go 1.10 hands cgo the first word only (MkEnv in its cmd/go/internal/envcmd/env.go): the env file has them all.
    graft='for this target'
    file=$home/env/${GOROOT##*/}/${GOOS-}-${GOARCH-}
    if [ -r "$file" ]; then
      while IFS= read -r line || [ -n "$line" ]; do
        case $line in
        '@variable@=gonative-@tool@ '*) graft=${line#*gonative-@tool@ } ;;
        esac
      done <"$file"
    fi
    ;;
  *)
    echo "gonative-@tool@: it is called as 'gonative-@tool@ GRAFT ARGUMENT...', and makes nothing by itself;" \
      "run 'gonative graft ${GOOS:-GOOS}/${GOARCH:-GOARCH}' and build with the shims on PATH" >&2
    exit 1
    ;;
  esac
  ;;
esac
if [ ! -r "$home/grafts/$graft/@tool@.sh" ]; then
  echo "gonative-@tool@: there is no graft $graft in $home;" \
    "make it with 'gonative graft ${GOOS:-GOOS}/${GOARCH:-GOARCH}'" >&2
  exit 1
fi
cache=$home/cache/compiler/$graft
graft=$home/grafts/$graft
. "$graft/@tool@.sh"
