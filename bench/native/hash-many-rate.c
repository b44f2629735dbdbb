/*
 * Rate of the official BLAKE3 C library's blake3_hash_many_sse41 on single-block inputs, for the
 * bench row `pow`. Usage: hash-many-rate MS. Prints one line per slice of about 3 ms: hashes per
 * second in it. The only work beside hashing is writing each input's nonce, as a miner must.
 * How to build it: bench/README.md.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "blake3_impl.h"

enum { BATCH = 16, SLICE_US = 3000, BATCHES_PER_CLOCK = 64 };

static double now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

int main(int argc, char **argv) {
  const double end = now_us() + (argc > 1 ? atof(argv[1]) : 1000) * 1e3;
  static uint8_t blocks[BATCH][BLAKE3_BLOCK_LEN];
  static uint8_t out[BATCH * BLAKE3_OUT_LEN];
  const uint8_t *inputs[BATCH];
  for (int i = 0; i < BATCH; i++) {
    memset(blocks[i], 0x5a, BLAKE3_BLOCK_LEN);
    inputs[i] = blocks[i];
  }
  uint32_t nonce = 0;
  volatile uint8_t sink = 0;
  while (now_us() < end) {
    const double started = now_us();
    double elapsed;
    uint64_t hashes = 0;
    do {
      for (int b = 0; b < BATCHES_PER_CLOCK; b++) {
        for (int i = 0; i < BATCH; i++, nonce++) memcpy(blocks[i] + 36, &nonce, 4);
        blake3_hash_many_sse41(inputs, BATCH, 1, IV, 0, false, 0, CHUNK_START, CHUNK_END | ROOT, out);
        sink ^= out[0];
      }
      hashes += (uint64_t)BATCHES_PER_CLOCK * BATCH;
      elapsed = now_us() - started;
    } while (elapsed < SLICE_US);
    printf("%.0f\n", hashes * 1e6 / elapsed);
  }
  return 0;
}
