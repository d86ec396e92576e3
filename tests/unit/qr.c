/*
 * qr.c - the SVG holds a QR code: read back from its path, with its three corner squares and the quiet zone.
 */
#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/qr.h"

#include "check.h"

static char grid[200][200];

/* Fills the grid from the path's horizontal runs; answers the side, 0 when it is not as expected. */
static int
read_back(const char *svg)
{
	int side = 0, other = 0, x, y, n, m, used;
	const char *p = strstr(svg, "viewBox=\"0 0 ");

	memset(grid, ' ', sizeof(grid));
	if (p == NULL || sscanf(p, "viewBox=\"0 0 %d %d\"", &side, &other) != 2 || side != other || side > 200)
		return 0;
	p = strstr(svg, " d=\"");
	for (p = p == NULL ? "" : p + 4; sscanf(p, "M%d %dh%dv1h-%dz%n", &x, &y, &n, &m, &used) == 4; p += used) {
		if (n != m || x < 0 || y < 0 || x + n > side || y >= side)
			return 0;
		memset(&grid[y][x], '#', (size_t)n);
	}
	return strncmp(p, "\"/></svg>", 9) == 0 ? side : 0;
}

static bool
corner(int left, int top)
{
	static const char *const want[7] = { "#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######" };

	for (int y = 0; y < 7; y++)
		if (memcmp(&grid[top + y][left], want[y], 7) != 0)
			return false;
	return true;
}

int
main(void)
{
	static char long_text[4000];
	struct arena *a = arena_new();
	const char *link = "https://calls.example.org/j/nnMxUXHKh-UyQUi-I-gR62Yi";
	char *svg = qr_svg(a, link), *other;
	int side = svg == NULL ? 0 : read_back(svg), edge = 0;

	CHECK_CASE("fact 91: a link becomes a QR code", side >= 21 + 8 && (side - 8 - 17) % 4 == 0);
	CHECK_CASE("with its three corner squares", side > 0 && corner(4, 4) && corner(side - 11, 4) && corner(4, side - 11) &&
	    !corner(side - 11, side - 11));
	for (int i = 0; i < side; i++)
		for (int j = 0; j < 4; j++)
			edge += grid[j][i] == '#' || grid[i][j] == '#' || grid[side - 1 - j][i] == '#' || grid[i][side - 1 - j] == '#';
	CHECK_CASE("and four white modules on every side", edge == 0);
	other = qr_svg(a, "https://calls.example.org/j/anotherLinkAltogether-00");
	CHECK_CASE("another link, another code", svg != NULL && other != NULL && strcmp(svg, other) != 0);
	memset(long_text, 'a', sizeof(long_text) - 1);
	CHECK_CASE("a text that no code can hold", qr_svg(a, long_text) == NULL);
	arena_free(a);
	return check_done();
}
