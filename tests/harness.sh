# harness.sh - what with-db, with-site and run share: the throw-away MariaDB of the tests.
#
# One server per TOCSIN_TEST_VAR (default: /tmp/tocsin-test-<uid>). Whoever needs it first starts
# it under a lock; every user holds a shared lock on its file `users`; a watchdog ends the server
# and removes the folder when nobody has used it for ten minutes. tests/run gives itself a folder of
# its own and ends the server with the run.

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
TREE=$(dirname "$HERE")
# shellcheck source=../nginx/mariadb.sh
. "$TREE/nginx/mariadb.sh"

B=${B:-build}
case $B in /*) ;; *) B=$TREE/$B ;; esac
export B

TEST_VAR=${TOCSIN_TEST_VAR:-/tmp/tocsin-test-$(id -u)}
TEST_SOCKET=$TEST_VAR/db.sock

fail() {
	echo "${0##*/}: $*" >&2
	exit 1
}

# Starts the server when there is none. Leaves the shared lock open on descriptor 8.
server_use() {
	mkdir -p -m 0700 "$TEST_VAR" || exit 1
	[ -O "$TEST_VAR" ] || fail "$TEST_VAR belongs to somebody else"
	[ ${#TEST_SOCKET} -le 100 ] || fail "the path $TEST_SOCKET is too long for a socket"
	while :; do
		exec 9> "$TEST_VAR/starting" 8> "$TEST_VAR/users"
		flock -w 60 9 || fail "somebody has been starting a server for a minute"
		flock -s -w 60 8 || fail "the server is being ended and does not end"
		# The watchdog may have removed the folder while we waited: then the locks are of no use.
		[ "$TEST_VAR/users" -ef /proc/self/fd/8 ] && [ "$TEST_VAR/starting" -ef /proc/self/fd/9 ] && break
		mkdir -p -m 0700 "$TEST_VAR"
	done
	if ! mariadb_sql "$TEST_SOCKET" -e 'DO 1' > /dev/null 2>&1; then
		rm -rf "$TEST_VAR/db"
		mariadb_make "$TEST_VAR/db" || fail "mariadb-install-db failed"
		server_start
	fi
	touch "$TEST_VAR/users"
	exec 9>&-
}

server_start() {
	local -a args
	mapfile -t args < <(MARIADB_THROW_AWAY=1 MARIADB_POOL_MB=${MARIADB_POOL_MB:-512} \
	    mariadb_args "$TEST_VAR/db" "$TEST_SOCKET" "$TEST_VAR/db.pid" "$TEST_VAR/db.err")
	setsid /usr/sbin/mariadbd "${args[@]}" > /dev/null 2>&1 8>&- 9>&- < /dev/null &
	mariadb_wait "$TEST_SOCKET" $! || { tail -5 "$TEST_VAR/db.err" >&2; fail "no test server"; }
	mariadb_sql "$TEST_SOCKET" -e "
	    CREATE OR REPLACE USER tests@localhost IDENTIFIED BY 'tests';
	    GRANT ALL ON *.* TO tests@localhost WITH GRANT OPTION" || fail "no test account"
	if [ -z "${TOCSIN_TEST_NO_WATCHDOG:-}" ]; then
		setsid bash "$HERE/harness.sh" watchdog "$TEST_VAR" > /dev/null 2>&1 8>&- 9>&- < /dev/null &
	fi
}

# Ends the server when nobody uses it; answers false when somebody does.
server_end() {
	local var=$1
	(
		flock -n 9 || exit 1
		flock -n 8 || exit 1
		mariadb_end "$var/db.pid"
		rm -rf "$var"
	) 9> "$var/starting" 8>> "$var/users"
}

# $1: a fresh database of that name, migrated and empty.
database_make() {
	mariadb_sql "$TEST_SOCKET" -e "CREATE DATABASE $1" || fail "cannot create $1"
	if [ -x "$B/bin/tocsin" ]; then
		"$B/bin/tocsin" migrate > "$2/migrate.log" 2>&1 || { cat "$2/migrate.log" >&2; fail "tocsin migrate failed"; }
	else	# the command is not built: each file whole, as the server's own parser cuts it
		local f n
		{
			echo "CREATE TABLE schema_version (version INT UNSIGNED NOT NULL PRIMARY KEY, name VARCHAR(100) NOT NULL,
			    applied_at BIGINT NOT NULL, sha256 CHAR(64) NOT NULL) ENGINE=InnoDB //whole-file//"
			for f in "$TREE"/sql/[0-9]*.sql; do
				n=${f##*/}
				cat "$f"
				echo "//whole-file// INSERT INTO schema_version VALUES ($(( 10#${n%%_*} )), '$n', 0, '$(sha256sum < "$f" | cut -c1-64)') //whole-file//"
			done
		} | mariadb_sql "$TEST_SOCKET" --delimiter=//whole-file// "$1" || fail "a migration is refused"
	fi
}

database_drop() {
	mariadb_sql "$TEST_SOCKET" -e "DROP DATABASE IF EXISTS $1" 2> /dev/null
}

# $1: folder, $2: database, $3: public address
conf_write() {
	mkdir -p "$1/data"
	od -An -N32 -tx1 /dev/urandom | tr -d ' \n' > "$1/secret"
	chmod 0600 "$1/secret"
	cat > "$1/tocsin.conf" <<-END
	db_socket = ${4:-$TEST_SOCKET}
	db_name = $2
	db_user = tests
	db_password = tests
	templates = $B/tpl
	locale = $B/locale
	sql = $TREE/sql
	data = $1/data
	public_url = $3
	secret_file = $1/secret
	END
	chmod 0600 "$1/tocsin.conf"
}

if [ "${BASH_SOURCE[0]}" = "$0" ] && [ "${1:-}" = watchdog ]; then
	cd / || exit 1
	while sleep 20; do
		[ -e "$2/users" ] || exit 0
		[ $(( $(date +%s) - $(stat -c %Y "$2/users") )) -lt 600 ] && continue
		server_end "$2" && exit 0
	done
fi
