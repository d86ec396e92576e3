#!/bin/sh
# readme.sh [ROOT] - README.md documents every setting, every make target, every command of tocsin and every folder.
cd "${1:-$(dirname "$0")/../..}" || exit 2
failed=0
missing() { echo "README.md says nothing about $1"; failed=1; }
[ -e README.md ] || { echo "there is no README.md"; exit 1; }
for name in $(sed -nE 's/^\t\{ "([a-z_]+)", (&conf|NULL).*/\1/p' lib/plumb/conf.c 2> /dev/null); do
	grep -q "^| \`$name\` |" README.md || missing "the setting $name"
done
for name in $(sed -nE 's/^\t\{ "([a-z]+)", +[a-z]+_run,.*/\1/p' cgi-bin/tocsin/main.c 2> /dev/null); do
	grep -q "\`tocsin $name\`" README.md || missing "tocsin $name"
done
for name in $(sed -nE 's/^\t@echo "make ([a-z]+) .*/\1/p' Makefile 2> /dev/null); do
	grep -q "make $name" README.md || missing "make $name"
done
for name in cgi-bin/*/; do
	[ -n "$(ls "$name")" ] || continue
	grep -q "^  $(basename "$name")/ " README.md || missing "the room $name"
done
grep -oE '!\[[^]]*\]\([^)]*\)' README.md | sed -E 's/.*\((.*)\)/\1/' | while read -r f; do
	[ -s "$f" ] || echo "README.md shows $f, which is not there"
done | grep . && failed=1
exit $failed
