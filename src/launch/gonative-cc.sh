#!/bin/sh
# gonative-cc GRAFT ARGUMENT...: the C compiler of one graft. A build calls this hundreds of times: builtins and one exec.
# The store is found from $0 and this name through PATH, so that CC, which is in the go command's cache key, is the same
# text on every machine and holds no path with spaces.
case $0 in
*/*) home=${0%/*} ;;
*) home=$(command -v "$0") && home=${home%/*} ;;
esac
case $home in
*/shims) home=${home%/shims} ;;
*) home=$home/.. ;;
esac
case ${1-} in
*-[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f])
  graft=$1
  shift
  ;;
*)
  # The go command and its linker put some questions (-###, which linker flags there are) to CC's first word alone:
  # gccToolID in cmd/go/internal/work/buildid.go, linkerFlagSupported in cmd/link/internal/ld/lib.go. CC is always set then.
  case ${CC-} in
  'gonative-cc '*) graft=${CC#gonative-cc } ;;
  *)
    echo "gonative-cc: it is called as 'gonative-cc GRAFT ARGUMENT...', and makes nothing by itself;" \
      "run 'gonative graft ${GOOS:-GOOS}/${GOARCH:-GOARCH}' and build with the shims on PATH" >&2
    exit 1
    ;;
  esac
  ;;
esac
if [ ! -r "$home/grafts/$graft/cc.sh" ]; then
  echo "gonative-cc: there is no graft $graft in $home;" \
    "make it with 'gonative graft ${GOOS:-GOOS}/${GOARCH:-GOARCH}'" >&2
  exit 1
fi
graft=$home/grafts/$graft
. "$graft/cc.sh"
