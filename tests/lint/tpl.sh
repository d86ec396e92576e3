#!/bin/sh
# tpl.sh [ROOT] - every template: escapes by itself, passes the parser, carries no script or style of its own.
cd "${1:-$(dirname "$0")/../..}" || exit 2
failed=0
for f in lib/tpl/*.tpl cgi-bin/*/tpl/*.tpl; do
	[ -e "$f" ] || continue
	# An included template without this line prints raw HTML.
	[ "$(head -n 1 "$f")" = '{{%AUTOESCAPE context="HTML"}}' ] || { echo "$f:1: must start with {{%AUTOESCAPE context=\"HTML\"}}"; failed=1; }
	out=$(ctemplate-make_tpl_varnames_h -n -q -t. "$f" 2>&1) || { echo "$f: the parser refuses it: $out"; failed=1; }
	perl -ne '
		sub wrong { print "$ARGV:$.: $_[0]\n"; $bad = 1 }
		wrong("no |none, no other modifier: handlers give raw text") if /\{\{[^}]*(:|\|)(none|h|p|u|j|o|url_escape|html_escape)\b/;
		wrong("no script in a page: page_script") if /<script\b(?![^>]*\bsrc=)/i;
		wrong("no style in a page: css") if /<style\b/i || /\sstyle\s*=/i;
		wrong("no on... attribute: the policy of the site forbids it") if /\son[a-z]+\s*=\s*["\x27{]/i;
		wrong("no javascript: address") if /javascript:/i;
		END { exit($bad ? 1 : 0) }' "$f" || failed=1
	# A form that posts carries the key of the session.
	perl -0777 -ne 'while (/<form\b[^>]*method="post"[^>]*>(.*?)<\/form>/gsi) {
			next if $1 =~ /name="csrf"/ || $1 =~ /\{\{>\w+/;
			print "$ARGV: a form posts without a field csrf\n"; $bad = 1 }
		END { exit($bad ? 1 : 0) }' "$f" || failed=1
done
exit $failed
