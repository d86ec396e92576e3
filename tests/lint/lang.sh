#!/bin/sh
# lang.sh [ROOT] - every visible text has its French: [[...]] in templates, tr("..."), N_("...") and trn in C.
# Entries of a catalogue that nothing uses are only told.
cd "${1:-$(dirname "$0")/../..}" || exit 2
export LC_ALL=C.UTF-8
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
failed=0
head='msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'

find lib cgi-bin -name '*.[ch]' | LC_ALL=C sort > "$tmp/sources"
xgettext --from-code=UTF-8 -L C --keyword --keyword=tr:2 --keyword=N_ --keyword=trn:2,3 --no-wrap \
    -f "$tmp/sources" -o "$tmp/c.pot" 2> "$tmp/xgettext" || { cat "$tmp/xgettext"; exit 1; }
[ -s "$tmp/c.pot" ] && sed -i 's/charset=CHARSET/charset=UTF-8/' "$tmp/c.pot"
[ -s "$tmp/c.pot" ] || printf "$head" > "$tmp/c.pot"

# Templates: each text becomes an entry, quoted for a catalogue.
{
	printf "$head"
	find lib cgi-bin -name '*.tpl' | LC_ALL=C sort | xargs -r perl -0777 -ne '
		while (/\[\[(.*?)\]\]/gs) {
			my ($t, $line) = ($1, 1 + (substr($_, 0, pos) =~ tr/\n//));
			next if $seen{$t}++;
			$t =~ s/(["\\])/\\$1/g; $t =~ s/\n/\\n/g; $t =~ s/\t/\\t/g;
			print "#: $ARGV:$line\nmsgid \"$t\"\nmsgstr \"\"\n\n";
		}'
} > "$tmp/t.pot"
msgcat --to-code=UTF-8 --use-first --no-wrap "$tmp/c.pot" "$tmp/t.pot" > "$tmp/all.pot" 2> "$tmp/err" || { cat "$tmp/err"; exit 1; }

for po in lib/fr.po cgi-bin/*/fr.po; do
	[ -e "$po" ] || continue
	msgfmt --check-format --check-domain --check-header -o /dev/null "$po" 2> "$tmp/err" || { cat "$tmp/err"; failed=1; }
	msgattrib --only-fuzzy --no-obsolete "$po" 2> /dev/null | grep -q . && { echo "$po: fuzzy entries"; failed=1; }
	msgattrib --untranslated --no-obsolete "$po" 2> /dev/null | grep -q . && { echo "$po: entries without French"; failed=1; }
done
# French as Quebec writes it: a no-break space before a colon and inside « », none before ; ! ?
for po in lib/fr.po cgi-bin/*/fr.po; do
	[ -e "$po" ] || continue
	msgcat --no-wrap "$po" 2> /dev/null | perl -CSD -Mutf8 -00 -ne '
		next if /^msgid ""\n/m && /Plural-Forms/;
		s/^msgid.*?(?=^msgstr)//ms;
		/\S :(\s|"|\\)|« | »|\s[;!?]/ and print "spaces of French: $_" and $bad = 1;
		END { exit($bad ? 1 : 0) }' || { echo "in $po"; failed=1; }
done
# The same English with two different French texts in two rooms: the build would pick one by chance.
msgcat lib/fr.po $(ls cgi-bin/*/fr.po 2> /dev/null) 2> /dev/null | msgattrib --only-fuzzy 2> /dev/null | perl -00 -ne '
	next if /^msgid ""\n/m && /Plural-Forms/;
	/^msgid (.*?)^msgstr/ms and print "two French texts in two rooms: $1" and $bad = 1;
	END { exit($bad ? 1 : 0) }' || failed=1
msgcat --use-first --no-wrap lib/fr.po $(ls cgi-bin/*/fr.po 2> /dev/null) > "$tmp/fr.po" 2> "$tmp/err" || { cat "$tmp/err"; exit 1; }

# In the sources but not in a catalogue, or there without a text.
msgcomm --unique --no-wrap "$tmp/all.pot" "$tmp/fr.po" > "$tmp/unique" 2> /dev/null
perl -00 -ne 'next unless /^#: (\S+)/m; my $w = $1; /^msgid (.*?)^msgstr/ms or next; my $t = $1; $t =~ s/\s+$//;
	next if $t eq "\"\""; print "no French: $w: $t\n"; $bad = 1; END { exit($bad ? 1 : 0) }' "$tmp/unique" || failed=1
perl -00 -ne 'next if /^#: /m; /^msgid (.*?)^msgstr/ms or next; my $t = $1; $t =~ s/\s+$//;
	next if $t eq "\"\""; print "# told only: no longer used: $t\n"' "$tmp/unique"
exit $failed
