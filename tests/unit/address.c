/*
 * address - what is on the public network, and what only looks so.
 */
#include "check.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "plumb/address.h"
#include "plumb/base.h"
#include "plumb/fetch.h"

static bool
is_public(const char *text)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
		return address_public((const struct sockaddr *)&four);
	return inet_pton(AF_INET6, text, &six.sin6_addr) == 1 && address_public((const struct sockaddr *)&six);
}

int
main(void)
{
	static const char *const yes[] = { "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
		"169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.167.255.255", "192.169.0.0",
		"198.17.255.255", "198.20.0.0", "223.255.255.255", "2001:200::1", "2606:4700:4700::1111", "2a00::1", "::ffff:1.1.1.1" };
	static const char *const no[] = { "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1", "127.255.255.255",
		"169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.0", "192.168.255.255", "198.18.0.0",
		"198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
		"::ffff:10.0.0.1", "64:ff9b::7f00:1", "100::1", "2001::1", "2001:1ff::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1", "fd12::1", "fe80::1",
		"ff02::1", "4000::1" };
	static const char *const open[] = { "https://example.org/x", "https://1.1.1.1/", "https://[2606:4700::1]:8443/x?y", "https://localhost.example.org/" };
	static const char *const closed[] = { "https://127.0.0.1/", "https://10.0.0.1:8443/x", "https://[::1]/", "https://[::ffff:192.168.1.1]/", "https://localhost/", "https://LOCALHOST:1/",
		"https://169.254.169.254/latest", "http://127.0.0.1/", "ftp://example.org/", "https://a@example.org/" };
	struct sockaddr local = { .sa_family = AF_UNIX };

	for (size_t i = 0; i < NITEMS(yes); i++)
		CHECK_CASE(yes[i], is_public(yes[i]));
	for (size_t i = 0; i < NITEMS(no); i++)
		CHECK_CASE(no[i], !is_public(no[i]));
	CHECK_CASE("a socket of this machine", !address_public(&local));
	for (size_t i = 0; i < NITEMS(open); i++)
		CHECK_CASE(open[i], fetch_url_public(open[i]));
	for (size_t i = 0; i < NITEMS(closed); i++)
		CHECK_CASE(closed[i], !fetch_url_public(closed[i]));
	return check_done();
}
