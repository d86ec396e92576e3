#!/bin/sh
# files.sh [ROOT] - files stay short and are named after what they hold.
cd "${1:-$(dirname "$0")/../..}" || exit 2
failed=0
list() { if git rev-parse --git-dir > /dev/null 2>&1; then git ls-files --cached --others --exclude-standard -- "$@"; else find "$@" -type f; fi; }
for f in $(list lib cgi-bin tests htdocs nginx | grep -E '\.(c|h|cc|sh|mjs|js|tpl|css)$'); do
	[ -e "$f" ] || continue
	case $f in
	htdocs/css/tocsin.css) most=1500 ;;	# one theme for all pages
	lib/plumb/phone_nanp.h) continue ;;	# a table made by a program
	*) most=500 ;;
	esac
	n=$(wc -l < "$f")
	[ "$n" -le $most ] || { echo "$f: $n lines; more than $most is two things in one file"; failed=1; }
	case ${f##*/} in *util* | *helper* | *misc* | *common.*) echo "$f: name it after what it holds"; failed=1 ;; esac
done
# No compiled things, no dependency lists, nothing of others in the repository.
for f in $(list . | grep -E '\.(o|a|so|d|mo|min\.js|min\.css)$|(^|/)node_modules/'); do
	echo "$f: does not belong into the repository"
	failed=1
done
exit $failed
