#!/bin/sh
# routes.sh [ROOT] - the route tables are the security review: every POST row NEEDS_CSRF, every GET row READ_ONLY.
# Rows that every stranger may use are listed here with their reason.
cd "${1:-$(dirname "$0")/../..}" || exit 2
find cgi-bin -name '*.c' | LC_ALL=C sort | xargs -r perl -0777 -ne '
	BEGIN {
		# pattern => why nobody needs to be signed in
		%open = (
			"/"              => "sends on: to sign in, to set up, or to the operations",
			"/setup"         => "there is no owner yet; asks for a one-time code",
			"/sign-in"       => "signing in",
			"/sign-in/code"  => "its second step: the ticket says who gave the right password",
			"/welcome/:word" => "the link itself is the key; who was invited has no password yet",
			"/sign-out"      => "ending a session that may be over already",
			"/language"      => "a visitor may choose the language before signing in",
			"/practice/:word" => "the link itself is the key, to invented people and nothing else",
			"/practice/over" => "says thank you; whoever practised may be signed out by then",
			"/j/:word"       => "the link itself is the key; a volunteer has no account yet",
			"/wall/:word"    => "the address itself is the key; it shows numbers, and no names",
			"/hooks/:rest"       => "a provider; the handler verifies its signature on the raw bytes",
		);
	}
	my $t = $_;
	$t =~ s{/\*.*?\*/}{ my $c = $&; $c =~ s/[^\n]//g; $c }gse;
	next unless $t =~ /struct route\s+\w+\s*\[/;
	# a short name for several needs: #define or an enum constant of the same file
	my %short;
	$short{$1} = $2 while $t =~ /^#define\s+(\w+)\s+(.*NEEDS_.*|.*READ_ONLY.*)$/mg;
	$short{$1} = $2 while $t =~ /\b(\w+)\s*=\s*((?:NEEDS_\w+|READ_ONLY|TAKES_FILE|AS_JSON)(?:\s*\|\s*\w+)*)/g;
	while ($t =~ /\{\s*(GET|POST)\s*,\s*"([^"]*)"\s*,\s*(\w+)\s*,\s*([^}]*?)\s*,?\s*\}/gs) {
		my ($m, $p, $fn, $needs) = ($1, $2, $3, $4);
		my $line = 1 + (substr($t, 0, pos $t) =~ tr/\n//);
		my $wrong = sub { print "$ARGV:$line: $m $p: $_[0]\n"; $bad = 1 };
		$needs =~ s/\b(\w+)\b/exists $short{$1} ? $short{$1} : $1/ge for 1 .. 2;
		$wrong->("a POST needs NEEDS_CSRF") if $m eq "POST" && $needs !~ /\b(NEEDS_CSRF|NEEDS_TOKEN|RAW)\b/;
		$wrong->("RAW is for signed requests of other programs, below /hooks/") if $needs =~ /\bRAW\b/ && $p !~ m{^/hooks/} && $ARGV !~ m{^cgi-bin/sim/};
		$wrong->("a token is for programs, below /api/, and a session is not") if ($needs =~ /\bNEEDS_TOKEN\b/) != ($p =~ m{^/api/});
		$wrong->("a POST is not READ_ONLY") if $m eq "POST" && $needs =~ /\bREAD_ONLY\b/;
		$wrong->("a GET never writes: READ_ONLY") if $m eq "GET" && $needs !~ /\bREAD_ONLY\b/;
		$wrong->("a GET needs no NEEDS_CSRF") if $m eq "GET" && $needs =~ /\bNEEDS_CSRF\b/;
		$wrong->("nobody checks who asks; NEEDS_LOGIN, or list it in routes.sh with its reason")
		    if $needs !~ /\bNEEDS_(LOGIN|TOKEN|ORGANISER|ADMIN|MEMBER|OWNER)\b/ && !$open{$p};
		$wrong->("given twice") if $seen{"$m $p"}++;
	}
	END { exit($bad ? 1 : 0) }'
