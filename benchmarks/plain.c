/* The same rules in C, to hold the compiled engine against: one table that all sign, alternating offers, polynomial
 * curves of time, the lowest deal at or above the level by binary search over deals sorted beforehand.
 *
 * cc -O3 -o plain benchmarks/plain.c -lm && ./plain DEALS PARTIES ROUNDS GAMES
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int deals, parties, rounds;
static double *gain, *share;
static int *order;
static const double *sorting;

static int above(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    if (sorting[x] != sorting[y]) return sorting[x] < sorting[y] ? -1 : 1;
    return x - y;
}

static int lowest(int party, double wanted) {
    const double *g = gain + (size_t)party * deals;
    const int *o = order + (size_t)party * deals;
    int low = 0, high = deals;
    while (low < high) {
        int middle = (low + high) / 2;
        if (g[o[middle]] < wanted - 1e-9) low = middle + 1; else high = middle;
    }
    return low == deals ? -1 : o[low];
}

static int play(int *turns) {
    int standing = -1, signed_by = 0;
    for (int r = 0; r < rounds; r++)
        for (int p = 0; p < parties; p++) {
            const double *g = gain + (size_t)p * deals;
            double best = g[order[(size_t)p * deals + deals - 1]], wanted = best * share[p * rounds + r];
            ++*turns;
            if (standing >= 0 && g[standing] >= wanted - 1e-9) {
                if (++signed_by == parties) return standing;
                continue;
            }
            standing = lowest(p, wanted);
            signed_by = 1;
        }
    return -1;
}

int main(int argc, char **argv) {
    if (argc < 5) return 1;
    deals = atoi(argv[1]), parties = atoi(argv[2]), rounds = atoi(argv[3]);
    int games = atoi(argv[4]), turns = 0, sum = 0;
    gain = malloc(sizeof(double) * parties * deals), order = malloc(sizeof(int) * parties * deals);
    share = malloc(sizeof(double) * parties * rounds);
    srand(1);
    for (int p = 0; p < parties; p++) {
        for (int d = 0; d < deals; d++) gain[(size_t)p * deals + d] = 100.0 * rand() / RAND_MAX;
        for (int d = 0; d < deals; d++) order[(size_t)p * deals + d] = d;
        sorting = gain + (size_t)p * deals;
        qsort(order + (size_t)p * deals, deals, sizeof(int), above);
        for (int r = 0; r < rounds; r++) share[p * rounds + r] = 1.0 - pow((r + 1.0) / (rounds + 1.0), p % 2 ? 0.25 : 4.0);
    }
    clock_t began = clock();
    for (int n = 0; n < games; n++) sum += play(&turns);
    double ns = 1e9 * (clock() - began) / CLOCKS_PER_SEC;
    printf("%.1f ns a turn, %.2f us a game (%d)\n", ns / turns, ns / games / 1e3, sum);
    return 0;
}
