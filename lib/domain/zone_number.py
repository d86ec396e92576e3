#!/usr/bin/python3
"""zone_number.py - the time zones that a number's first digits may mean, as a C table. Run by the build.

From Debian's python3-phonenumbers (the map of libphonenumber, which its C++ part lacks). Per prefix only the zones that
are ever the first or the last of its candidates on the clock: when calls are open at both ends, they are open between
them. A prefix whose ends are more than four hours apart (+1 800, all of Russia) says nothing and is left out, together
with the digits that say more: the longest prefix still counts.
"""
import datetime
import sys
import zoneinfo

sys.path.insert(0, "/usr/lib/python3/dist-packages")
from phonenumbers.tzdata import TIMEZONE_DATA

# What the map's short prefixes get wrong: Newfoundland and Labrador; the three territories.
BETTER = {
    "1709": ("America/St_Johns", "America/Goose_Bay"),
    "1867": ("America/Whitehorse", "America/Edmonton", "America/Rankin_Inlet", "America/Iqaluit"),
}
TOO_FAR = datetime.timedelta(hours=4)
MOMENTS = [datetime.datetime(2026, 1, 4, 12) + datetime.timedelta(weeks=w) for w in range(2 * 53)]
_known = {}


def offsets(name):
    if name not in _known:
        try:
            zone = zoneinfo.ZoneInfo(name)
            _known[name] = [m.replace(tzinfo=zone).utcoffset() for m in MOMENTS]
        except zoneinfo.ZoneInfoNotFoundError:
            _known[name] = None
    return _known[name]


def ends(names):
    """The few zones that stand for all of them; () when they say nothing."""
    at = {n: offsets(n) for n in names if offsets(n) is not None}
    if not at:
        return ()
    kept = []
    for i in range(len(MOMENTS)):
        now = {n: o[i] for n, o in at.items()}
        first, last = min(now.values()), max(now.values())
        if last - first > TOO_FAR:
            return ()
        for end in (first, last):
            if not any(now[n] == end for n in kept):
                kept.append(next(n for n in sorted(now) if now[n] == end))
    return tuple(kept)


def main():
    table = {p: ends(z) for p, z in {**TIMEZONE_DATA, **BETTER}.items()}
    sets = sorted({"|".join(z) for z in table.values()})
    print("/* made by lib/domain/zone_number.py */")
    print("static const char *const zone_sets[] = {")
    for s in sets:
        print('\t"%s",' % s)
    print("};\nstatic const struct { const char *prefix; unsigned short set; } zone_prefixes[] = {")
    for p in sorted(table):
        print('\t{ "%s", %d },' % (p, sets.index("|".join(table[p]))))
    print("};")


main()
