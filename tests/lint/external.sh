#!/bin/sh
# external.sh [ROOT] - each outside header appears in one file, so that each library has one owner
# (fcgiapp.h in two: the loop and the benchmark's empty answer). C++ only in tpl.cc, phone.cc and sheet.cc.
cd "${1:-$(dirname "$0")/../..}" || exit 2
system='assert|ctype|errno|inttypes|limits|locale|math|setjmp|signal|stdarg|stdbool|stddef|stdint|stdio|stdlib|string|strings|time|wchar|wctype|unistd|fcntl|dirent|fnmatch|glob|poll|pthread|pwd|grp|sched|syslog|termios|utime|libintl|iconv|langinfo|getopt|netdb|spawn|sys/[a-z]+|arpa/inet|netinet/[a-z]+'
find cgi-bin lib -name '*.[ch]' -o -name '*.cc' | LC_ALL=C sort | xargs -r grep -HoE '^[ \t]*#[ \t]*include[ \t]*<[^>]+>' /dev/null |
sed -E 's/:[^<]*</ /; s/>$//' | grep -vE " ($system)\.h\$" |
awk '
$2 !~ /\.h$/ {		# <string>, <deque>: C++
	if ($1 !~ /^lib\/plumb\/(tpl|phone|sheet)\.cc$/) { print $1 ": C++ belongs into the shims"; bad = 1 }
	next
}
{ if (!(($2, $1) in seen)) { seen[$2, $1] = 1; n[$2]++; where[$2] = where[$2] " " $1 } }
$1 !~ /^lib\/(plumb|provider|tpl)\// { print $1 ": outside header <" $2 ">; only lib/plumb and lib/provider own one"; bad = 1 }
END {
	for (h in n) if (n[h] > (h == "fcgiapp.h" ? 2 : 1)) { print "<" h "> has several owners:" where[h]; bad = 1 }
	exit bad
}'
failed=$?
extra=$(find cgi-bin lib -name '*.cc' -o -name '*.cpp' -o -name '*.cxx' | grep -vxE 'lib/plumb/(tpl|phone|sheet)\.cc')
[ -z "$extra" ] || { echo "$extra: C++ belongs into the shims"; failed=1; }
exit $failed
