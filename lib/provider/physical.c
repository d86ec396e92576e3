/*
 * physical.c - people's own phones. It can do nothing, so that nobody above needs to ask "is it physical?": what
 * cannot be done is not offered, and a dial that comes all the same is refused by connection_dial.
 */
#include "provider/provider_in.h"

static enum trouble
open_it(struct connection *c)
{
	c->base_url = c->public_url = "";
	c->can = 0;
	return TROUBLE_NONE;
}

const struct adapter adapter_physical = { .open = open_it };
