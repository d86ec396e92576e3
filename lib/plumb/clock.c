/*
 * clock.c - the moment, and wall clocks of any zone by the C library's zone data.
 */
#include "plumb/clock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plumb/log.h"

#define ZONE_FOLDER "/usr/share/zoneinfo/"

/* The file of TOCSIN_CLOCK, read anew each time: a test moves the clock of running programs. */
static int64_t
clock_of_file(const char *path, int64_t real)
{
	char text[40] = "", *end;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;
	int64_t v;

	if (fd < 0)
		return real;
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (n <= 0)
		return real;
	v = strtoll(text[0] == '=' ? text + 1 : text, &end, 10);
	if (end == text || (*end != '\0' && *end != '\n'))
		die("clock: %s holds neither +SECONDS, -SECONDS nor =MICROSECONDS", path);
	return text[0] == '=' ? v : real + v * SECOND_US;
}

int64_t
clock_now_us(void)
{
	const char *path = getenv("TOCSIN_CLOCK");
	struct timespec ts;
	int64_t real;

	clock_gettime(CLOCK_REALTIME, &ts);
	real = (int64_t)ts.tv_sec * SECOND_US + ts.tv_nsec / 1000;
	return path != NULL && *path != '\0' ? clock_of_file(path, real) : real;
}

bool
clock_zone_known(const char *zone)
{
	char path[sizeof(ZONE_FOLDER) + 40], magic[4];
	struct stat st;
	bool ok;
	int fd;

	/* letters, digits and _ + - / only: no dots, so no way out of the folder */
	if (zone == NULL || *zone == '\0' || *zone == '/' || strlen(zone) > 40 ||
	    zone[strspn(zone, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/")] != '\0')
		return false;
	/* copies of every zone; those with leap seconds would be 27 s off */
	if (strncmp(zone, "right/", 6) == 0 || strncmp(zone, "posix/", 6) == 0)
		return false;
	snprintf(path, sizeof(path), ZONE_FOLDER "%s", zone);
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
		return false;
	ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    read(fd, magic, sizeof(magic)) == sizeof(magic) && memcmp(magic, "TZif", 4) == 0;
	close(fd);
	return ok;
}

/* The C library has one zone at a time; changing it reads a file, so the current one is kept. */
static void
zone_use(const char *zone)
{
	static char now[41];

	if (strcmp(now, zone) == 0)
		return;
	assert(clock_zone_known(zone));
	setenv("TZ", zone, 1);
	tzset();
	snprintf(now, sizeof(now), "%s", zone);
}

static int64_t
floor_seconds(int64_t at_us)
{
	return at_us / SECOND_US - (at_us % SECOND_US < 0);
}

struct tm
clock_local(const char *zone, int64_t at_us)
{
	time_t t = (time_t)floor_seconds(at_us);
	struct tm tm = { 0 };

	zone_use(zone);
	localtime_r(&t, &tm);
	return tm;
}

/* How far the zone is ahead of UTC at that second. */
static int64_t
offset_at(const char *zone, int64_t second)
{
	return clock_local(zone, second * SECOND_US).tm_gmtoff;
}

int64_t
clock_moment(const char *zone, const struct tm *wall)
{
	struct tm tm = {
		.tm_year = wall->tm_year, .tm_mon = wall->tm_mon, .tm_mday = wall->tm_mday,
		.tm_hour = wall->tm_hour, .tm_min = wall->tm_min, .tm_sec = wall->tm_sec,
	};
	int64_t naive = timegm(&tm);	/* rolls over, knows no zone */
	int64_t before = offset_at(zone, naive - DAY_US / SECOND_US);
	int64_t after = offset_at(zone, naive + DAY_US / SECOND_US);
	int64_t first = naive - before, second = naive - after;

	/* in a quiet week both are the same; a time that happens twice fits both, and the first counts */
	if (offset_at(zone, first) == before)
		return first * SECOND_US;
	if (offset_at(zone, second) == after)
		return second * SECOND_US;
	return first * SECOND_US;	/* skipped: as if the clock had not been moved yet */
}

void
clock_text(const char *zone, int64_t at_us, char *out, size_t n)
{
	struct tm tm = clock_local(zone, at_us);

	assert(n >= 17);
	strftime(out, n, "%Y-%m-%d %H:%M", &tm);
}
