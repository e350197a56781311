#ifndef NATIVE_H
#define NATIVE_H

int native_answer(int n);
const char *native_library(void);
const char *native_compiler(void);

#endif
