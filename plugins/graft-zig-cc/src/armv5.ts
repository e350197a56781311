/**
 * What ARMv5 needs beside a compiler: it has no instruction for atomic access, so on Linux a compiler calls functions
 * that ask the kernel for it. gcc has them in libgcc (libgcc/config/arm/linux-atomic.c), zig has none, and runtime/cgo
 * uses them. The kernel's page of helpers is part of its ABI on ARM (Documentation/arch/arm/kernel_user_helpers.rst);
 * the exchange of 64 bits, which C with such atomics calls and runtime/cgo does not, is there since Linux 3.1.
 */

/** Where in the graft. */
export const atomicsFile = 'lib/armv5-atomics.c'

/** C for `zig cc -x c`: each name is given by asm(), since to clang those names are its own. */
export const atomics = String.raw`typedef unsigned char u1;
typedef unsigned short u2;
typedef unsigned u4;
typedef unsigned long long u8;
typedef signed char s1;
typedef short s2;
typedef int s4;
typedef long long s8;
#define EXCHANGE_4 (*(int (*)(u4 before, u4 after, volatile u4 *))0xffff0fc0)
#define EXCHANGE_8 (*(int (*)(const u8 *before, const u8 *after, volatile u8 *))0xffff0f60)
#define BARRIER (*(void (*)(void))0xffff0fa0)

static int swap_4(volatile u4 *at, u4 before, u4 after) { return EXCHANGE_4(before, after, at) == 0; }
static int swap_8(volatile u8 *at, u8 before, u8 after) { return EXCHANGE_8(&before, &after, at) == 0; }

/* A part of an aligned word, little end first. */
static int swap_part(volatile void *at, u4 mask, u4 before, u4 after) {
  volatile u4 *word = (volatile u4 *)((u4)at & ~3u);
  u4 shift = ((u4)at & 3) * 8, now;
  do {
    now = *word;
    if (((now >> shift) & mask) != before) return 0;
  } while (!swap_4(word, now, (now & ~(mask << shift)) | (after << shift)));
  return 1;
}
static int swap_1(volatile u1 *at, u1 before, u1 after) { return swap_part(at, 0xff, before, after); }
static int swap_2(volatile u2 *at, u2 before, u2 after) { return swap_part(at, 0xffff, before, after); }

#define NAMED(name) __asm__(name) __attribute__((visibility("hidden")))
#define FETCH(n, name, after)                                                                            \
  u##n name##_##n(volatile u##n *at, u##n by) NAMED("__sync_" #name "_" #n);                             \
  u##n name##_##n(volatile u##n *at, u##n by) {                                                          \
    u##n now;                                                                                            \
    do now = *at;                                                                                        \
    while (!swap_##n(at, now, (u##n)(after)));                                                           \
    return now;                                                                                          \
  }
#define ALL(n)                                                                                           \
  FETCH(n, fetch_and_add, now + by)                                                                      \
  FETCH(n, fetch_and_sub, now - by)                                                                      \
  FETCH(n, fetch_and_and, now & by)                                                                      \
  FETCH(n, fetch_and_or, now | by)                                                                       \
  FETCH(n, fetch_and_xor, now ^ by)                                                                      \
  FETCH(n, fetch_and_nand, ~(now & by))                                                                  \
  FETCH(n, fetch_and_min, (s##n)now < (s##n)by ? now : by)                                               \
  FETCH(n, fetch_and_max, (s##n)now > (s##n)by ? now : by)                                               \
  FETCH(n, fetch_and_umin, now < by ? now : by)                                                          \
  FETCH(n, fetch_and_umax, now > by ? now : by)                                                          \
  FETCH(n, lock_test_and_set, by)                                                                        \
  u##n compare_##n(volatile u##n *at, u##n before, u##n after) NAMED("__sync_val_compare_and_swap_" #n); \
  u##n compare_##n(volatile u##n *at, u##n before, u##n after) {                                         \
    u##n now;                                                                                            \
    do {                                                                                                 \
      now = *at;                                                                                         \
      if (now != before) return now;                                                                     \
    } while (!swap_##n(at, before, after));                                                              \
    return before;                                                                                       \
  }
ALL(1) ALL(2) ALL(4) ALL(8)

void synchronize(void) NAMED("__sync_synchronize");
void synchronize(void) { BARRIER(); }
`
