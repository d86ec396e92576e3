/*
 * password.c - a first password for somebody.
 */
#include "tocsin.h"

#include "plumb/arena.h"
#include "plumb/seal.h"

const char *
password_new(struct arena *a)
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	unsigned char random[16];
	char text[20];

	static_assert(sizeof(letters) == 33, "five bits a letter");
	seal_random(random, sizeof(random));
	for (size_t i = 0, n = 0; i < sizeof(random); i++) {
		text[n++] = letters[random[i] % 32];
		if (i % 4 == 3)
			text[n++] = i == 15 ? '\0' : '-';
	}
	return arena_strdup(a, text);
}
