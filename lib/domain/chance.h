/*
 * chance.h - random draws that are the same in every run: a sequence by its seed. Pure; nothing secret is made with it.
 */
#ifndef DOMAIN_CHANCE_H
#define DOMAIN_CHANCE_H

#include "plumb/base.h"

struct chance { uint64_t state; };

struct chance chance_of(uint64_t seed);
double chance_one(struct chance *);			/* anywhere in [0, 1) */
double chance_normal(struct chance *);			/* around 0, with standard deviation 1 */
double chance_gamma(struct chance *, double shape);	/* shape above 0, scale 1 */
/* A share of which `yes` and `no` cases are known (each above 0): the more of them, the closer to yes / (yes + no). */
double chance_share(struct chance *, double yes, double no);

#endif
