#!/bin/sh
# cases.sh [ROOT] - the acceptance list of webhooks has 96 cases; a test that proves one names it ("case 31"). Every case
# that concerns the transport, twilio, SignalWire, Somleng, telnyx or what we make of their words is named somewhere. The
# others are those of companies for which there is no adapter: an adapter that comes takes its cases off this list.
#	25 Plivo's header of two signatures		26 Vonage unsigned, alg none, another body, jti twice
#	27 Bandwidth's Basic password			75 76 77 Vonage's order of events, its bare "completed", call_uuid
cd "${1:-$(dirname "$0")/../..}" || exit 2
find tests -path tests/node_modules -prune -o \( -name '*.c' -o -name '*.mjs' \) -print | LC_ALL=C sort |
xargs -r perl -ne '
	BEGIN { %nobody = map { $_ => 1 } 25, 26, 27, 75, 76, 77 }
	while (/["\x27`][^"\x27`\n]*?\bcases? (\d+(?:(?:, | and | to )\d+)*)/g) {
		my $said = $1;
		$named{$_} //= "$ARGV:$." for $said =~ /(\d+)/g;
		$named{$_} //= "$ARGV:$." for map { /(\d+) to (\d+)/ && $1 < $2 && $2 <= 96 ? $1 .. $2 : () } $said =~ /\d+ to \d+/g;
	}
	close ARGV if eof;
	END {
		for (1 .. 96) {
			print "case $_: no test names it\n" and $bad = 1 if !$named{$_} && !$nobody{$_};
			print "$named{$_}: case $_ is said to concern no adapter\n" and $bad = 1 if $named{$_} && $nobody{$_};
		}
		exit($bad ? 1 : 0);
	}'
