/* Has the archive linked into it, with the header that Go wrote. */
#include <stdio.h>
#include "modes.h"

int main(void) { return printf("answer %d\n", Answer(7)) < 0; }
