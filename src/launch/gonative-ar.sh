#!/bin/sh
# gonative-ar GRAFT ARGUMENT...: the archiver of one graft. Builtins and one exec, as gonative-cc.
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
  # Go's linker runs what the compiler names for --print-prog-name=ar as one word: findExtLinkTool and archive in
  # cmd/link/internal/ld/lib.go. The go command has set AR then.
  case ${AR-} in
  'gonative-ar '*) graft=${AR#gonative-ar } ;;
  *)
    echo "gonative-ar: it is called as 'gonative-ar GRAFT ARGUMENT...', and makes nothing by itself;" \
      "run 'gonative graft ${GOOS:-GOOS}/${GOARCH:-GOARCH}' and build with the shims on PATH" >&2
    exit 1
    ;;
  esac
  ;;
esac
if [ ! -r "$home/grafts/$graft/ar.sh" ]; then
  echo "gonative-ar: there is no graft $graft in $home;" \
    "make it with 'gonative graft ${GOOS:-GOOS}/${GOARCH:-GOARCH}'" >&2
  exit 1
fi
graft=$home/grafts/$graft
. "$graft/ar.sh"
