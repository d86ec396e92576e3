#!/bin/sh
# sql.sh [ROOT] - SQL stands in lib/domain and sql/ only. plumb/db*.c may begin and end transactions and set
# up its connection; cgi-bin/tocsin runs scripts through the domain.
cd "${1:-$(dirname "$0")/../..}" || exit 2
find cgi-bin lib -name '*.[ch]' -o -name '*.cc' | grep -v '^lib/domain/' | LC_ALL=C sort |
xargs -r perl -0777 -ne '
	my ($file, $text) = ($ARGV, $_);
	$text =~ s{/\*.*?\*/}{ my $c = $&; $c =~ s/[^\n]//g; $c }gse;	# comments speak freely
	$text =~ s{(?<![:"])//[^\n]*}{}g;
	while ($text =~ /"((?:[^"\\\n]|\\.)*)"/g) {
		my ($s, $at) = ($1, pos $text);
		next unless $s =~ /\b(SELECT\s+\S+.*(FROM|\?|\()|INSERT\s+(IGNORE\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|REPLACE\s+INTO|CREATE\s+(TABLE|DATABASE|PROCEDURE|USER)|ALTER\s+TABLE|DROP\s+TABLE|TRUNCATE|CALL\s+\w+\s*\(|LOCK\s+TABLES|GET_LOCK|START\s+TRANSACTION|COMMIT|ROLLBACK)\b/;
		my $word = $1;
		next if $file =~ m{^lib/plumb/db\w*\.[ch]$} && $word =~ /^(START|COMMIT|ROLLBACK)/;
		next if $file =~ m{^lib/plumb/db\w*\.[ch]$} && $s =~ /\bschema_version\b|\@\@|SELECT 1/;
		my $line = 1 + (substr($text, 0, $at) =~ tr/\n//);
		print "$file:$line: SQL outside of lib/domain: $s\n";
		$bad = 1;
	}
	END { exit($bad ? 1 : 0) }' || failed=1

# No time from SQL, no table locks: Galera and the tests'"'"' clock depend on it.
grep -nE '\b(LOCK TABLES|GET_LOCK|NOW\(\)|CURRENT_TIMESTAMP|SYSDATE|CURDATE|UTC_TIMESTAMP|UNIX_TIMESTAMP\(\))' -r lib/domain sql 2> /dev/null |
    perl -ne 'next if m{^[^:]*:\d+:\s*(--|\*|/\*|//)} || m{--.*(LOCK TABLES|GET_LOCK|NOW\(\))}; print; $bad = 1; END { exit($bad ? 1 : 0) }' || failed=1
# Every table is InnoDB and has a primary key.
for f in sql/[0-9]*.sql; do
	[ -e "$f" ] || continue
	perl -0777 -ne '
		while (/CREATE\s+TABLE\s+(?:IF NOT EXISTS\s+)?(\w+)\s*\((.*?)\)\s*(ENGINE\s*=\s*(\w+)[^;]*)?;/gs) {
			my ($t, $body, $engine) = ($1, $2, $4 // "");
			print "$ARGV: table $t is not ENGINE=InnoDB\n" and $bad = 1 if $engine ne "InnoDB";
			print "$ARGV: table $t has no primary key\n" and $bad = 1 if $body !~ /PRIMARY KEY/;
		}
		END { exit($bad ? 1 : 0) }' "$f" || failed=1
done
exit ${failed:-0}
