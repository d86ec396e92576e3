/*
 * address.c - see address.h.
 */
#include "plumb/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>

static bool
v4_public(uint32_t ip)
{
	static const struct { uint32_t net; unsigned bits; } not[] = {
		{ 0x00000000, 8 }, { 0x0a000000, 8 }, { 0x64400000, 10 }, { 0x7f000000, 8 }, { 0xa9fe0000, 16 }, { 0xac100000, 12 },
		{ 0xc0000000, 24 }, { 0xc0000200, 24 }, { 0xc0586300, 24 }, { 0xc0a80000, 16 }, { 0xc6120000, 15 }, { 0xc6336400, 24 },
		{ 0xcb007100, 24 }, { 0xe0000000, 3 },	/* groups, and what is kept for later */
	};

	for (size_t i = 0; i < NITEMS(not); i++)
		if ((ip ^ not[i].net) >> (32 - not[i].bits) == 0)
			return false;
	return true;
}

static uint32_t
four(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Only what is given out (2000::/3), without the ways to an IPv4 address inside, and without documentation. */
static bool
v6_public(const unsigned char a[16])
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

	if (memcmp(a, mapped, sizeof(mapped)) == 0)
		return v4_public(four(a + 12));
	if ((a[0] & 0xe0) != 0x20)
		return false;
	if (a[0] == 0x20 && a[1] == 0x01 && a[2] < 2)		/* 2001::/23: Teredo and protocols */
		return false;
	if (a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0d && a[3] == 0xb8)
		return false;
	if (a[0] == 0x3f && a[1] == 0xff && (a[2] & 0xf0) == 0)	/* documentation too */
		return false;
	return !(a[0] == 0x20 && a[1] == 0x02);			/* 6to4 */
}

bool
address_public(const struct sockaddr *sa)
{
	if (sa->sa_family == AF_INET)
		return v4_public(ntohl(((const struct sockaddr_in *)sa)->sin_addr.s_addr));
	if (sa->sa_family == AF_INET6)
		return v6_public(((const struct sockaddr_in6 *)sa)->sin6_addr.s6_addr);
	return false;
}

bool
address_url_private(const char *url)
{
	struct sockaddr_in four_of = { .sin_family = AF_INET };
	struct sockaddr_in6 six_of = { .sin6_family = AF_INET6 };
	const char *at = strstr(url, "://");
	char host[64];
	size_t n;

	if (at == NULL)
		return false;
	at += 3;
	if (*at == '[') {
		n = strcspn(++at, "]");
	} else
		n = strcspn(at, ":/?#");
	if (n == 0 || n >= sizeof(host))
		return false;
	memcpy(host, at, n);
	host[n] = '\0';
	if (inet_pton(AF_INET, host, &four_of.sin_addr) == 1)
		return !address_public((const struct sockaddr *)&four_of);
	if (inet_pton(AF_INET6, host, &six_of.sin6_addr) == 1)
		return !address_public((const struct sockaddr *)&six_of);
	return strcasecmp(host, "localhost") == 0;
}
