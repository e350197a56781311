/* Does what Fluent Bit does with a plugin: loads it, registers and sets it up, and hands it two records. */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

/* As in flb_plugin.h and flb_output.h of fluent-bit-go. */
struct definition {
  int type, proxy, flags;
  char *name, *description;
};
struct api {
  char *(*get)(char *, void *);
  char *unused;
};
struct plugin {
  void *unused;
  struct api *api;
  void *instance, *context;
};

/* Go's int is as wide as a pointer. */
typedef long number;

static char *get(char *key, void *instance) { return !strcmp(key, "mode") && instance ? (char *)"count" : (char *)""; }

static void *library;
static void *symbol(const char *name) {
  void *found = dlsym(library, name);
  if (!found) printf("no %s: %s\n", name, dlerror());
  return found;
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
  if (!library) return printf("dlopen: %s\n", dlerror()), 1;
  number (*enroll)(void *) = symbol("FLBPluginRegister");
  number (*init)(void *) = symbol("FLBPluginInit");
  number (*flush)(void *, int, char *) = symbol("FLBPluginFlush");
  number (*records)(void) = symbol("MatrixRecords");
  number (*leave)(void) = symbol("FLBPluginExit");
  if (!enroll || !init || !flush || !records || !leave) return 1;

  struct definition definition = {0};
  struct api api = {get, 0};
  struct plugin plugin = {0, &api, &plugin, 0};
  /* [1, {"a": "b"}] and [2, {"c": "d"}], the times as unsigned numbers */
  char data[] = "\x92\xcc\x01\x81\xa1" "a" "\xa1" "b" "\x92\xcc\x02\x81\xa1" "c" "\xa1" "d";
  number registered = enroll(&definition), ready = init(&plugin);
  number flushed = flush(data, sizeof data - 1, (char *)"tag");
  printf("fluent-bit: %s, type %d, registered %ld, ready %ld, flushed %ld, %ld records, left %ld\n", definition.name,
         definition.type, registered, ready, flushed, records(), leave());
  return 0;
}
