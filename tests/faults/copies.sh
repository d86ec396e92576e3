#!/bin/bash
# copies - make run and make stop: two copies side by side, a second run on a running copy, a killed
# supervisor, a taken port; and nothing of the one when the other ends.
set -u
TREE=$(cd "$(dirname "$0")/../.." && pwd)
B=${B:-build}
case $B in /*) ;; *) B=$TREE/$B ;; esac
export B
tmp=$(mktemp -d /tmp/tocsin-copies-XXXXXX)
one=$(( 32000 + RANDOM % 300 )) two=$(( 32400 + RANDOM % 300 ))
long=$tmp/$(printf 'a-long-folder-name-%.0s' 1 2 3 4 5)	# a socket's path would not fit below it
code=0
ok() { echo "ok - $1"; }
no() { echo "not ok - $1: $(tr '\n' ' ' <<< "${2:-}" | tail -c 500)"; code=1; }
copy() { local port=$1 var=$2; shift 2; TOCSIN_PORT=$port TOCSIN_VAR=$var "$TREE/nginx/run" "$@" 2>&1; }
status() { curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$1/sign-in"; }
finish() { copy $one "$tmp/one" stop > /dev/null; copy $two "$long" stop > /dev/null; rm -rf "$tmp"; }
trap finish EXIT

began=$SECONDS
if out=$(copy $one "$tmp/one" start); then ok "make run starts a copy ($(( SECONDS - began )) s)"; else no "make run starts a copy" "$out"; exit 1; fi
[ "$(status $one)" = 200 ] && ok "the site answers when make run returns" || no "the site answers when make run returns" "$(status $one)"
grep -q "http://127.0.0.1:$one" <<< "$out" && ok "it prints its address" || no "it prints its address" "$out"
grep -qE "http://127.0.0.1:$one/j/[A-Za-z0-9_-]+" <<< "$out" && ok "it prints an agent link" || no "it prints an agent link" "$out"
grep -q '@' <<< "$out" && ok "it prints the organiser's sign-in" || no "it prints the organiser's sign-in" "$out"
link=$(grep -oE "http://127.0.0.1:$one/j/[A-Za-z0-9_-]+" <<< "$out" | head -n 1)
[ "$(curl -s -o /dev/null -w '%{http_code}' "${link:-x}")" = 200 ] && ok "the agent link opens" || no "the agent link opens" "$link"

out=$(copy $one "$tmp/one" start)
grep -qi 'already running' <<< "$out" && grep -q "127.0.0.1:$one" <<< "$out" &&
    ok "a second make run says that it runs and prints the addresses" || no "a second make run says that it runs" "$out"

if out=$(copy $two "$long" start); then ok "a second copy beside the first, in a folder with a long name"; else no "a second copy beside the first" "$out"; fi
[ "$(status $one)$(status $two)" = 200200 ] && ok "both answer" || no "both answer" "$(status $one) $(status $two)"
out=$(copy $one "$tmp/three" start) && no "a taken port is refused" "$out" || ok "a taken port is refused"
grep -q 'TOCSIN_PORT' <<< "$out" && ok "and the way out is said" || no "and the way out is said" "$out"

pids=$(pgrep -f -- "mariadbd.*$tmp/one/" | sed 's/.*/pid=&,/' | paste -sd'|')
[ -n "$pids" ] && ! ss -ltnpH 2> /dev/null | grep -qE "$pids" && ok "MariaDB listens on no port" || no "MariaDB listens on no port" "${pids:-no mariadbd found}"
# As an administrator would, with the settings and so the rights of the areas.
for command in audit doctor; do
	if out=$(TOCSIN_CONF=$tmp/one/tocsin.conf "$B/bin/tocsin" $command 2>&1); then ok "tocsin $command finds nothing wrong"; else no "tocsin $command" "$out"; fi
done
mode=$(stat -c %a "$tmp/one/tocsin.conf" "$tmp/one/secret" "$tmp/one" | tr '\n' ' ')
[ "$mode" = "600 600 700 " ] && ok "settings, key and folder are ours alone" || no "settings, key and folder are ours alone" "$mode"

# A supervisor that is killed takes nothing of the data along; the next run goes on.
copy $one "$tmp/one" stop > /dev/null
[ "$(status $one)$(status $two)" = 000200 ] && ok "make stop ends its own copy and no other" || no "make stop ends its own copy and no other" "$(status $one) $(status $two)"
left=$(pgrep -f -- "$tmp/one/" | wc -l)
[ "$left" = 0 ] && ok "nothing of it is left running" || no "nothing of it is left running" "$(pgrep -af -- "$tmp/one/")"
if out=$(copy $one "$tmp/one" start) && grep -q "$link" <<< "$out"; then ok "the next make run goes on from there"; else no "the next make run goes on from there" "$out"; fi
# A supervisor killed by kill -9 leaves processes behind: the next run, or stop, ends exactly those.
before=$(status $two)
kill -9 "$(cat "$tmp/one/run/supervisord.pid")"
if out=$(copy $one "$tmp/one" start); then ok "after kill -9 of its supervisor, make run starts anew"; else no "after kill -9 of its supervisor, make run starts anew" "$out"; fi
[ "$(status $one)$(status $two)" = "200$before" ] && ok "and the other copy is as it was" || no "and the other copy is as it was" "$(status $one) $(status $two)"
kill -9 "$(cat "$tmp/one/run/supervisord.pid")"
copy $one "$tmp/one" stop > /dev/null
left=$(pgrep -f -- "$tmp/one/" | wc -l)
[ "$left$(status $one)" = 0000 ] && ok "after kill -9 of its supervisor, make stop ends what is left" || no "after kill -9 of its supervisor, make stop ends what is left" "$(pgrep -af -- "$tmp/one/")"
out=$(copy $one "$tmp/one" stop) && grep -qi 'not run' <<< "$out" && ok "make stop on nothing says so" || no "make stop on nothing says so" "$out"
exit $code
