/*
 * address.h - which addresses are on the public network: what other people give us to send to may be nothing else, or they
 * would reach through us what only this machine and its neighbours can.
 */
#ifndef PLUMB_ADDRESS_H
#define PLUMB_ADDRESS_H

#include "plumb/base.h"

struct sockaddr;

/* False also for families that are neither IPv4 nor IPv6. By the registries of special-purpose addresses (RFC 6890). */
bool address_public(const struct sockaddr *);
/* The host of an http(s) URL is an address in digits and not public, or "localhost". */
bool address_url_private(const char *url);

#endif
