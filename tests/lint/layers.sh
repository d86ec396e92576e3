#!/bin/sh
# layers.sh [ROOT] - who may include what (README, "The house"):
#   cgi-bin/<area> -> lib/domain -> lib/provider, lib/plumb -> one outside library per module
cd "${1:-$(dirname "$0")/../..}" || exit 2
find cgi-bin lib -name '*.[ch]' -o -name '*.cc' | LC_ALL=C sort | xargs -r grep -nE '^[ \t]*#[ \t]*include[ \t]*"' /dev/null |
awk -F: '
function wrong(why) { printf "%s:%s: includes \"%s\": %s\n", file, line, h, why; bad = 1 }
BEGIN {
	n = split("base arena buf text clock date log conf db json seal phone csv sheet book refusal lang who fetch urlenc totp", w, " ")
	for (i = 1; i <= n; i++) domain_may["plumb/" w[i] ".h"] = 1
	n = split("base arena buf text clock log conf json fetch seal sha1 urlenc", w, " ")
	for (i = 1; i <= n; i++) provider_may["plumb/" w[i] ".h"] = 1
}
{
	file = $1; line = $2; h = $0
	sub(/^[^"]*"/, "", h); sub(/".*/, "", h)
	if (h ~ /\.\./) { wrong("no way up: say plumb/, domain/ or the own header"); next }
	if (file ~ /^cgi-bin\//) {
		split(file, part, "/")
		own = "cgi-bin/" part[2] "/" h
		if (h ~ /^(domain|plumb)\// || h ~ /^tpl\/[a-z0-9_-]+\.names\.h$/) next
		if (h !~ /\// && (getline dummy < own) >= 0) { close(own); next }
		wrong("an area may include its own headers, domain/ and plumb/")
	} else if (file ~ /^lib\/domain\//) {
		if (h ~ /^(domain|provider)\//) next
		if (h in domain_may) next
		wrong("the domain knows no HTTP and no HTML")
	} else if (file ~ /^lib\/provider\//) {
		if (h ~ /^provider\// || h in provider_may) next
		wrong("a provider knows the wire, not the business")
	} else if (file ~ /^lib\/plumb\//) {
		if (h ~ /^plumb\// || h ~ /^tpl\/[a-z0-9_-]+\.names\.h$/ || h == "schema_number.h") next
		wrong("plumbing knows no contact")
	} else if (file !~ /^lib\/tpl\//)
		wrong("a C file outside of the house")
}
END { exit bad }' || failed=1

# No cycles among headers, and areas are told apart by name only in their own folder.
loops=$(grep -noE '^#include "(plumb|domain|provider)/[^"]*"' -r lib --include='*.h' 2> /dev/null |
    sed -E 's|^lib/([^:]*):[0-9]+:#include "(.*)"|\1 \2|' | tsort 2>&1 > /dev/null)
[ -z "$loops" ] || { echo "headers include each other: $loops"; failed=1; }
exit ${failed:-0}
