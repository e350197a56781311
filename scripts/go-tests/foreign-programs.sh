#!/bin/sh
# foreign-programs.sh MACHINE CLASS EMULATOR LIBRARIES COMMAND ARGUMENT...: runs a command that may start programs of
# another machine as if they were of this one. MACHINE and CLASS are those of the ELF header, as \xb7\x00 and 02; LIBRARIES
# has their C library, as /usr/aarch64-linux-gnu. The kernel is told so in namespaces of the command's own (binfmt_misc
# since Linux 6.7): nothing outside changes, and no root is needed. The libraries are laid under /usr/lib, and not given to
# the emulator, since some of Go's tests start programs with no environment.
set -eu
exec unshare --user --map-root-user --mount sh -euc '
  mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
  mount -t overlay none -o "lowerdir=/usr/lib:$4/lib" /usr/lib
  printf "%s" ":foreign:M::\x7fELF\x$2\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00$1:\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:$3:F" \
    >/proc/sys/fs/binfmt_misc/register
  shift 4
  exec "$@"' sh "$@"
