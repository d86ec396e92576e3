#!/bin/sh
# stand_alone.sh [ROOT] - the project reads nothing outside of itself and names no address of a network.
cd "${1:-$(dirname "$0")/../..}" || exit 2
failed=0
list() { if git rev-parse --git-dir > /dev/null 2>&1; then git ls-files --cached --others --exclude-standard; else find . -type f | sed 's|^\./||'; fi; }
files=$(list | grep -E '\.(c|h|cc|sh|mjs|js|css|tpl|sql|json|in|conf|md)$|^Makefile$|^tests/(with-|run)|^nginx/(run|install)$|^\.ci/' | grep -v '^tests/lint/')
for f in $files; do
	[ -e "$f" ] || continue
	grep -nE '\.\./shared|/work/' "$f" /dev/null && failed=1
	case $f in htdocs/* | *.tpl)	# pages load nothing from strangers
		grep -nE '(src|href|action)="(https?:)?//|url\( *["'\'']?(https?:)?//|@import' "$f" /dev/null && failed=1 ;;
	esac
done
[ $failed = 0 ] || echo "^ outside of the project"
exit $failed
