#!/bin/bash
# command - the administrator's command and the worker as programs: help, users, audit with something wrong in it,
# doctor; a job taken over from a worker that was killed; a graceful stop.
set -u
TREE=$(cd "$(dirname "$0")/../.." && pwd)
B=${B:-build}
case $B in /*) ;; *) B=$TREE/$B ;; esac
export B
[ -n "${TOCSIN_TEST_DIR:-}" ] || exec "$TREE/tests/with-db" bash "$0"

T=$B/bin/tocsin
tmp=$TOCSIN_TEST_DIR
code=0 worker=
ok() { echo "ok - $1"; }
no() { echo "not ok - $1: $(tr '\n' ' ' <<< "${2:-}" | tail -c 400)"; code=1; }
# check NAME EXIT WORD CMD...: ends with that code and says that word
check() {
	local name=$1 want=$2 word=$3 got out
	shift 3
	out=$("$@" 2>&1); got=$?
	if [ "$got" = "$want" ] && grep -qF -- "$word" <<< "$out"; then ok "$name"; else no "$name" "code $got: $out"; fi
}
sql() { mariadb --no-defaults -u tests -ptests -S "$TOCSIN_DB_SOCKET" -N "$TOCSIN_DB" -e "$1"; }
is() { local got; got=$(sql "$2"); [ "$got" = "$3" ] && ok "$1" || no "$1" "got $got, want $3"; }
finish() { [ -n "$worker" ] && kill -9 "$worker" 2> /dev/null; }
trap finish EXIT

check "without words it says how it is used" 2 'usage: tocsin' "$T"
check "help" 0 'tocsin help COMMAND' "$T" help
for c in migrate user demo audit doctor; do check "help $c" 0 "usage: tocsin $c" "$T" help $c; done
check "--help of a command" 0 'usage: tocsin user' "$T" user --help
check "an unknown command" 2 'no command called fly' "$T" fly
check "an unknown subcommand" 2 'no such subcommand' "$T" user fly
check "migrate twice changes nothing" 0 '' "$T" migrate

check "before anybody: list points to the code" 0 'tocsin user code' "$T" user list
check "create needs an organisation" 1 'no organisation yet' "$T" user create a@exemple.org A
check "a code and the page that takes it" 0 '/setup' "$T" user code
is "the code is stored as a hash" "SELECT COUNT(*) FROM one_time_code WHERE LENGTH(code_hash) = 32" 1
check "doctor misses the worker" 1 'no worker has ever run' "$T" doctor

check "the demo" 0 'password' "$T" demo
check "the demo once" 1 'not empty' "$T" demo
check "no code once there is an owner" 1 'there is an owner' "$T" user code
check "a new organiser" 0 'password' "$T" user create jean@exemple.org 'Jean Côté' organiser fr
check "not twice" 1 'e-mail' "$T" user create JEAN@exemple.org 'Jean' en
is "the password is stored as argon2id" "SELECT LEFT(password_hash, 10) FROM user WHERE email = 'jean@exemple.org'" '$argon2id$'
check "list shows them" 0 'Jean Côté' "$T" user list
check "a new password" 0 'new password' "$T" user password jean@exemple.org
check "disable" 0 '' "$T" user disable jean@exemple.org
check "and it shows" 0 'DISABLED' "$T" user list
check "enable" 0 '' "$T" user enable jean@exemple.org
check "nobody by that name" 1 'nobody has' "$T" user disable x@exemple.org

check "audit: all agrees" 0 '0 differences' "$T" audit
check "audit of one" 0 'all agrees' "$T" audit 1
check "audit of none" 1 'no such operation' "$T" audit 77
# the proof file: who was called when, chained
p=$tmp/proof.tsv
"$T" audit --proof 1 > "$p" 2> /dev/null && ok "the proof file of an operation" || no "the proof file of an operation" "$(tail -1 "$p")"
is "it has a line per call" "SELECT COUNT(*) + 4 FROM attempt WHERE operation_id = 1" "$(wc -l < "$p")"
check "nothing was changed in it" 0 'none changed, sealed by this server' "$T" audit --verify "$p"
sed '5s/1/2/' "$p" > "$p.1"
check "a digit of a call changed: its line is named" 1 'line 5 was changed' "$T" audit --verify "$p.1"
sed 6d "$p" > "$p.1"
check "a call taken out: the line after it" 1 'line 6 was changed' "$T" audit --verify "$p.1"
sed '4{h;d};5{G}' "$p" > "$p.1"
check "two calls in another order" 1 'line 4 was changed' "$T" audit --verify "$p.1"
head -n 7 "$p" > "$p.1"
check "a file that is cut off" 1 'cut off after line 7' "$T" audit --verify "$p.1"
{ cat "$p"; echo more; } > "$p.1"
check "something behind its end" 1 'was changed' "$T" audit --verify "$p.1"
sed "\$s/.\$/$(tail -c 2 "$p" | tr '0123456789abcdef' '123456789abcdef0' | head -c 1)/" "$p" > "$p.1"
check "a seal that is not this server's" 1 "not of this server's key" "$T" audit --verify "$p.1"
check "no proof of an operation that is not there" 1 'no such operation' "$T" audit --proof 77

at=$(sql "SELECT MAX(id) FROM attempt WHERE operation_id = 1 AND started_at > (SELECT COALESCE(MAX(at), 0) FROM audit WHERE object = 'operation' AND object_id = 1 AND verb IN ('operation.details', 'operation.hours', 'operation.create'))")
sql "UPDATE operation SET closes_at = '00:01:00', opens_at = '00:00:00' WHERE id = 1"
check "audit names a call outside the hours (promise 6)" 1 "attempt $at: began outside" "$T" audit 1
sql "UPDATE operation SET closes_at = '21:00:00', opens_at = '09:00:00' WHERE id = 1"
sql "UPDATE queue_tally SET ready = ready + 1 WHERE operation_id = 1 LIMIT 1"
check "audit finds a wrong total (promise 1)" 1 'DIFFERENCES' "$T" audit
sql "UPDATE queue_tally SET ready = ready - 1 WHERE operation_id = 1 AND shard = (SELECT MIN(shard) FROM (SELECT shard FROM queue_tally WHERE operation_id = 1) x)"
sql "UPDATE entry SET due_at = due_at + 1 WHERE state = 'waiting' LIMIT 1"
check "audit finds a due time that no call explains (promise 2)" 1 'DIFFERENCES' "$T" audit

# a worker was killed with a job: the lease ends, the next one takes it over
sql "INSERT INTO job (organisation_id, kind, object_id, state, leased_by, leased_until, tries, created_at)
     SELECT organisation_id, kind, object_id, 'running', 'killed:1', 61000000 + UNIX_TIMESTAMP() * 1000000, 1, created_at FROM job WHERE kind = 'load'"
check "worker --once leaves another's job alone" 0 'end' "$B/bin/worker" --once
is "it is still leased" "SELECT leased_by FROM job ORDER BY id DESC LIMIT 1" killed:1
echo +70 > "$tmp/clock"
check "a minute later it is taken over and ended" 0 'ended kind=load' env TOCSIN_CLOCK="$tmp/clock" "$B/bin/worker" --once
is "it is done" "SELECT state FROM job ORDER BY id DESC LIMIT 1" done
is "nobody was loaded twice (fact 103)" "SELECT COUNT(*) - COUNT(DISTINCT person_id) FROM entry" 0

# holds whose agent vanished end by themselves (fact 113), here by the worker
"$B/bin/worker" 2> "$tmp/worker.log" &
worker=$!
for i in $(seq 100); do [ "$(sql "SELECT COUNT(*) FROM worker WHERE name LIKE '%:$worker'")" = 1 ] && break; sleep 0.1; done
is "the worker says that it is alive" "SELECT COUNT(*) FROM worker WHERE name LIKE '%:$worker'" 1
sql "INSERT INTO session (token_hash, user_id, csrf, created_at, expires_at) VALUES (REPEAT('x', 32), 1, '', 1, 2)"
kill -TERM $worker
for i in $(seq 50); do kill -0 $worker 2> /dev/null || break; sleep 0.1; done
wait $worker && ok "SIGTERM ends it gracefully" || no "SIGTERM ends it gracefully" "$(cat "$tmp/worker.log")"
worker=
check "its next start" 0 'start' "$B/bin/worker" --once
is "removes sessions that are over" "SELECT COUNT(*) FROM session WHERE expires_at = 2" 0
check "doctor hears the worker" 1 'the worker is alive' "$T" doctor
chmod 0644 "$tmp/secret"
check "doctor sees a key that others can read" 1 'chmod 0600' "$T" doctor
rm -rf "$tmp/data"
check "doctor sees a folder that is not there" 1 'setting data' "$T" doctor
sql "INSERT INTO schema_version VALUES (900, 'from_the_future.sql', 1, 'x')"
check "a newer schema: doctor says so" 1 'newer than these programs' "$T" doctor
check "and programs refuse to start" 1 'schema' "$T" audit
printf 'db_port = 3306\n' >> "$TOCSIN_CONF"
check "a setting that is none stops everything" 1 'no setting called db_port' "$T" doctor
exit $code
