#include "native.h"

#include <stdio.h>
#include <stdlib.h> /* every C library names itself in its own headers */

#if defined(__GLIBC__)
#include <gnu/libc-version.h>
#endif

int native_answer(int n) { return 6 * n; }

/* Which C library this was compiled against, and for glibc the one that it now runs with. */
const char *native_library(void) {
  static char text[80];
#if defined(__GLIBC__)
  snprintf(text, sizeof text, "glibc %d.%d, running %s", __GLIBC__, __GLIBC_MINOR__, gnu_get_libc_version());
#elif defined(__BIONIC__)
  snprintf(text, sizeof text, "bionic");
#elif defined(__linux__)
  snprintf(text, sizeof text, "musl");
#elif defined(__MINGW64_VERSION_MAJOR) && defined(_UCRT)
  snprintf(text, sizeof text, "mingw-w64 %d, ucrt", __MINGW64_VERSION_MAJOR);
#elif defined(__MINGW64_VERSION_MAJOR)
  snprintf(text, sizeof text, "mingw-w64 %d, msvcrt", __MINGW64_VERSION_MAJOR);
#elif defined(__APPLE__)
  snprintf(text, sizeof text, "libSystem");
#else
  snprintf(text, sizeof text, "the system's");
#endif
  return text;
}

/* Of the compiler: `clang 21`. */
const char *native_compiler(void) {
#if defined(__clang__)
  static char text[40];
  snprintf(text, sizeof text, "clang %d", __clang_major__);
  return text;
#elif defined(__GNUC__)
  return "gcc";
#else
  return "another";
#endif
}
