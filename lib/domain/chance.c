/*
 * chance.c - splitmix64; normal by Box and Muller; gamma by Marsaglia and Tsang.
 */
#include "domain/chance.h"

#include <math.h>

struct chance
chance_of(uint64_t seed)
{
	return (struct chance){ seed };
}

double
chance_one(struct chance *c)
{
	uint64_t x = c->state += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return (double)((x ^ x >> 31) >> 11) * 0x1p-53;
}

double
chance_normal(struct chance *c)
{
	double u = 1 - chance_one(c);

	return sqrt(-2 * log(u)) * cos(2 * M_PI * chance_one(c));
}

double
chance_gamma(struct chance *c, double shape)
{
	double d, k, x, v;

	if (shape < 1)
		return chance_gamma(c, shape + 1) * pow(1 - chance_one(c), 1 / shape);
	d = shape - 1.0 / 3;
	k = 1 / sqrt(9 * d);
	for (;;) {
		x = chance_normal(c);
		v = 1 + k * x;
		if (v <= 0)
			continue;
		v = v * v * v;
		if (log(1 - chance_one(c)) < 0.5 * x * x + d - d * v + d * log(v))
			return d * v;
	}
}

double
chance_share(struct chance *c, double yes, double no)
{
	double x = chance_gamma(c, yes), y = chance_gamma(c, no);

	return x / (x + y);
}
