# mariadb.sh - a private MariaDB: made, started and ended by whoever sources this file.
# Socket only, no TCP, its own data folder; nothing of the system's MariaDB is read or touched.
#
#   mariadb_make DATA                     an empty data folder, once
#   mariadb_args DATA SOCKET PID LOG      the settings, one per line
#   mariadb_wait SOCKET PID               until it answers, or false when the process is gone
#   mariadb_sql  SOCKET [ARGS]            SQL from standard input, as the account of this system user
#   mariadb_end  PIDFILE                  asks it to end and waits

mariadb_make() {
	[ -d "$1/mysql" ] && return 0
	local made="$1.new"
	rm -rf "$made"
	mkdir -p "$made" "$1.tmp"
	if ! TMPDIR="$1.tmp" mariadb-install-db --no-defaults --force --datadir="$made" --user="$(id -un)" \
	    --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" \
	    --skip-test-db --skip-name-resolve > "$1.log" 2>&1; then
		cat "$1.log" >&2
		return 1
	fi
	rm -f "$1.log"
	mv "$made" "$1"
}

# MARIADB_THROW_AWAY=1: for tests, nothing is synced to disk. Otherwise a COMMIT is on disk when it answers.
mariadb_args() {
	local memory_mb pool_mb
	memory_mb=$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)
	pool_mb=${MARIADB_POOL_MB:-$(( memory_mb / 6 ))}
	[ "$pool_mb" -lt 128 ] && pool_mb=128
	[ "$pool_mb" -gt 4096 ] && pool_mb=4096
	# A server that starts removes other servers' temporary tables from a folder that they share, as /tmp.
	mkdir -p "$1.tmp"
	printf '%s\n' --no-defaults --datadir="$1" --tmpdir="$1.tmp" --socket="$2" --pid-file="$3" --log-error="$4" \
	    --user="$(id -un)" --skip-networking --skip-name-resolve --skip-log-bin \
	    --character-set-server=utf8mb4 --collation-server=utf8mb4_uca1400_ai_ci \
	    --transaction-isolation=READ-COMMITTED --performance-schema=OFF --max-connections=200 --max-prepared-stmt-count=65536 \
	    --innodb-buffer-pool-size="${pool_mb}M" --innodb-file-per-table=1
	if [ "${MARIADB_THROW_AWAY:-0}" = 1 ]; then
		printf '%s\n' --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync \
		    --innodb-doublewrite=0 --innodb-log-file-size=64M
	else
		printf '%s\n' --innodb-flush-log-at-trx-commit=1 --innodb-flush-method=O_DIRECT \
		    --innodb-log-file-size="$(( pool_mb > 1024 ? 1024 : 256 ))M"
	fi
}

mariadb_sql() {
	local socket=$1
	shift
	mariadb --no-defaults --default-character-set=utf8mb4 -u "$(id -un)" -S "$socket" "$@"
}

mariadb_wait() {
	local i
	for i in $(seq 600); do
		mariadb_sql "$1" -e 'DO 1' > /dev/null 2>&1 && return 0
		kill -0 "$2" 2> /dev/null || return 1
		sleep 0.05
	done
	return 1
}

mariadb_end() {
	local pid i
	[ -s "$1" ] || return 0
	pid=$(cat "$1")
	# The pid may be another's by now: only a mariadbd that has this pid file among its words is ours.
	tr '\0' '\n' < "/proc/$pid/cmdline" 2> /dev/null | grep -qxF -- "--pid-file=$1" || return 0
	kill "$pid" 2> /dev/null || return 0
	for i in $(seq 600); do
		kill -0 "$pid" 2> /dev/null || return 0
		sleep 0.05
	done
	kill -9 "$pid" 2> /dev/null
}
