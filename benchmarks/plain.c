/* The same rules in C, to hold the compiled engine against: one table that all sign, alternating offers, polynomial
 * curves of time, the lowest deal at or above the level by binary search over deals sorted beforehand. Nothing else: no
 * links, packages, quorums, constraints, and no log. `plain.py` writes what it reads, and compares what it plays.
 *
 * cc -O3 -march=native -o plain benchmarks/plain.c && ./plain FILE GAMES
 *
 * FILE: deals, parties, rounds as 64-bit integers; then as doubles by party the gains of all deals, and by party the
 * share of the largest gain that is asked for in each round. Prints the deal (-1: none), the round and the turns of a game, ns
 * of processor time a game.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long deals, parties, rounds;
static double *gain, *share;
static int *order;
static const double *sorting;

static int above(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    if (sorting[x] != sorting[y]) return sorting[x] < sorting[y] ? -1 : 1;
    return x - y;
}

static int lowest(long party, double wanted) {
    const double *g = gain + party * deals;
    const int *o = order + party * deals;
    long low = 0, high = deals;
    while (low < high) {
        long middle = (low + high) / 2;
        if (g[o[middle]] < wanted - 1e-9) low = middle + 1; else high = middle;
    }
    return low == deals ? -1 : o[low];
}

static int play(long *turns, long *ended) {
    long standing = -1, hands = 0;
    for (long r = 0; r < rounds; r++)
        for (long p = 0; p < parties; p++) {
            const double *g = gain + p * deals;
            double best = g[order[p * deals + deals - 1]], wanted = best > 0 ? best * share[p * rounds + r] : 0;
            ++*turns;
            if (standing >= 0 && g[standing] >= (r == rounds - 1 ? 0 : wanted) - 1e-9) {
                *ended = r;
                if (++hands == parties) return standing;
                continue;
            }
            standing = lowest(p, wanted);
            hands = 1;
        }
    *ended = rounds;
    return -1;
}

static int *ranked(void) {
    int *all = malloc(sizeof(int) * parties * deals);
    for (long p = 0; p < parties; p++) {
        for (long d = 0; d < deals; d++) all[p * deals + d] = d;
        sorting = gain + p * deals;
        qsort(all + p * deals, deals, sizeof(int), above);
    }
    return all;
}

int main(int argc, char **argv) {
    FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
    long head[3];
    if (!file || fread(head, sizeof(long), 3, file) != 3) return 1;
    deals = head[0], parties = head[1], rounds = head[2];
    size_t gains = parties * deals, shares = parties * rounds;
    gain = malloc(sizeof(double) * gains), share = malloc(sizeof(double) * shares);
    if (fread(gain, sizeof(double), gains, file) != gains || fread(share, sizeof(double), shares, file) != shares) return 1;
    order = ranked();
    long games = atol(argv[2]), turns = 0, ended = 0, deal = -1;
    clock_t began = clock();
    for (long n = 0; n < games; n++) deal = play(&turns, &ended);
    double ns = 1e9 * (clock() - began) / CLOCKS_PER_SEC;
    printf("%ld %ld %ld %.1f\n", deal, ended, turns / games, ns / games);
    return 0;
}
