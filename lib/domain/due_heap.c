/*
 * due_heap.c - a binary heap by the moment.
 */
#include "domain/due_heap.h"

static void
swap(struct due_heap *h, unsigned i, unsigned j)
{
	struct due one = h->due[i];

	h->due[i] = h->due[j];
	h->due[j] = one;
}

void
due_add(struct due_heap *h, unsigned who, int64_t at)
{
	unsigned i = h->n++;

	h->due[i] = (struct due){ at, who };
	for (; i > 0 && h->due[i].at < h->due[(i - 1) / 2].at; i = (i - 1) / 2)
		swap(h, i, (i - 1) / 2);
}

unsigned
due_first(struct due_heap *h)
{
	unsigned who = h->due[0].who;

	h->due[0] = h->due[--h->n];
	for (unsigned i = 0;;) {
		unsigned least = i;
		for (unsigned c = 2 * i + 1; c <= 2 * i + 2 && c < h->n; c++)
			least = h->due[c].at < h->due[least].at ? c : least;
		if (least == i)
			return who;
		swap(h, i, least);
		i = least;
	}
}
