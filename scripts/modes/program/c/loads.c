/* Loads the library and asks it. */
#include <dlfcn.h>
#include <stdio.h>

int main(int count, char **arguments) {
  void *library = dlopen(arguments[count - 1], RTLD_NOW);
  if (!library) return printf("%s\n", dlerror()), 1;
  int (*answer)(int) = (int (*)(int))dlsym(library, "Answer");
  printf("answer %d\n", answer ? answer(7) : 0);
  return 0;
}
