# site.sh - one private copy of the site: nginx, the areas and the worker under a supervisord of its own.
# Sourced by nginx/run (make run) and tests/with-site. The caller sets:
#   TREE  the checkout        B    the build folder, absolute
#   VAR   what the copy keeps  PORT on 127.0.0.1
#   RUN   sockets and pid files; short, because a socket's path holds 107 characters
#   SITE_CONF the areas' configuration file, when it is not VAR/tocsin.conf
#   WITH_MARIADB=1 when supervisord runs MariaDB too (settings from mariadb.sh)

AREAS="account dashboard wizard survey people import export share paper agent api connection hooks"

# How many processes of an area: what agents need must not wait for what organisers do. Webhooks that wait are taken in one go, and the
# fewer take them, the more are in one.
processes_of() {
	case $1 in
	agent) echo "${TOCSIN_AGENT_PROCESSES:-4}" ;;
	hooks) echo "${TOCSIN_HOOKS_PROCESSES:-2}" ;;
	*) echo 2 ;;
	esac
}

# $1: the var folder. A short folder for its sockets: inside it, or under /tmp when the path is long.
short_run_dir() {
	if [ ${#1} -le 80 ]; then
		echo "$1/run"
	else
		echo "/tmp/tocsin-$(id -u)-$(printf %s "$1" | sha256sum | cut -c1-12)"
	fi
}

site_paths_ok() {
	local p
	for p in "$TREE" "$B" "$VAR"; do
		case $p in
		*[!A-Za-z0-9._/+@:,=~-]*) echo "tocsin: the path '$p' has a character that nginx or supervisor would misread" >&2; return 1 ;;
		esac
	done
}

# NAME COMMAND PROCESSES: one of ours that is no area, as supervisord reads it.
program() {
	local log=$1
	cat <<-END
	[program:$1]
	command = $B/bin/$2
	directory = $VAR
	environment = TOCSIN_CONF="${SITE_CONF:-$VAR/tocsin.conf}"
	autostart = false
	autorestart = true
	startretries = 50
	priority = 20
	stopwaitsecs = 30
	stdout_logfile = NONE
	END
	if [ "$3" -gt 1 ]; then
		printf 'process_name = %%(program_name)s-%%(process_num)d\nnumprocs = %s\n' "$3"
		log='%(program_name)s-%(process_num)d'
	fi
	echo "stderr_logfile = $VAR/log/$log.log"
}

# Writes everything supervisord and nginx need into VAR and RUN.
site_write() {
	local area user=""
	mkdir -p "$VAR/log" "$VAR/tmp" "$RUN/nginx"
	chmod 0700 "$VAR" "$RUN" || return 1
	[ "$(id -u)" = 0 ] && user="user root;"
	cp "$TREE/nginx/fastcgi.conf" "$TREE/nginx/static.conf" "$TREE/nginx/limits.conf" "$RUN/nginx/"
	site_fill "$TREE/nginx/locations.conf.in" > "$RUN/locations.conf"
	site_fill "$TREE/nginx/private.conf.in" | sed "s|@USER@|$user|" > "$RUN/nginx.conf"
	{
		cat <<-END
		[supervisord]
		logfile = $VAR/log/supervisord.log
		pidfile = $RUN/supervisord.pid
		childlogdir = $VAR/log
		umask = 077
		$([ "$(id -u)" = 0 ] && echo "user = root")
		[unix_http_server]
		file = $RUN/supervisor.sock
		[rpcinterface:supervisor]
		supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
		[supervisorctl]
		serverurl = unix://$RUN/supervisor.sock
		END
		if [ "${WITH_MARIADB:-0}" = 1 ]; then
			printf '[program:mariadb]\ncommand = /usr/sbin/mariadbd'
			mariadb_args "$VAR/db" "$RUN/db.sock" "$RUN/db.pid" "$VAR/log/mariadb.log" | tr '\n' ' ' | sed 's/^/ /'
			printf '\npriority = 1\nstopwaitsecs = 120\nstdout_logfile = NONE\nstderr_logfile = NONE\n'
		fi
		# Areas write their logs themselves: a line through supervisord costs more than nginx does for a request.
		for area in $AREAS; do
			[ -x "$B/bin/$area" ] || continue
			[ -z "$(find "$VAR/log/$area.log" -size +50M 2> /dev/null)" ] || mv -f "$VAR/log/$area.log" "$VAR/log/$area.log.1"
			cat <<-END
			[fcgi-program:$area]
			command = /bin/sh -c "exec $B/bin/$area 2>> $VAR/log/$area.log"
			directory = $VAR
			socket = unix://$RUN/$area.sock
			socket_mode = 0700
			socket_backlog = 1024
			process_name = %(program_name)s-%(process_num)d
			numprocs = $(processes_of "$area")
			environment = TOCSIN_CONF="${SITE_CONF:-$VAR/tocsin.conf}"
			autostart = false
			autorestart = true
			startretries = 50
			priority = 20
			stdout_logfile = NONE
			stderr_logfile = NONE
			END
		done
		if [ -x "$B/bin/worker" ]; then
			program worker worker 1
			# The dialer is the worker with another task; two, so that a provider that is slow does not stop everybody.
			program dialer "worker --calls" 2
			# What leaves by itself: another task again, so that a slow server elsewhere makes no import wait.
			program out "worker --out" 1
		fi
		# The pretend telephone company, for a copy that has one: no phone rings.
		if [ -n "${SIM_PORT:-}" ] && [ -x "$B/bin/sim" ]; then
			program sim "sim ${SIM_OPTIONS:-}" 1
		fi
		cat <<-END
		[program:nginx]
		command = /usr/sbin/nginx -e $VAR/log/nginx.log -c $RUN/nginx.conf
		autostart = false
		priority = 30
		stopsignal = QUIT
		stopwaitsecs = 5
		stdout_logfile = NONE
		stderr_logfile = NONE
		END
	} > "$RUN/supervisord.conf"
}

site_fill() {
	sed -e "s|@NGINX@|$RUN/nginx|g" -e "s|@SOCKETS@|$RUN|g" -e "s|@HTDOCS@|$TREE/htdocs|g" -e "s|@VOICE@|$VAR/voice|g" \
	    -e "s|@RUN@|$RUN|g" -e "s|@VAR@|$VAR|g" -e "s|@PORT@|$PORT|g" "$1"
}

site_ctl() {
	supervisorctl -c "$RUN/supervisord.conf" "$@"
}

# The pid of this copy's supervisord; false when it does not run. A pid that now belongs to
# another program is not ours.
site_pid() {
	local pid
	[ -s "$RUN/supervisord.pid" ] || return 1
	pid=$(cat "$RUN/supervisord.pid")
	tr '\0' '\n' < "/proc/$pid/cmdline" 2> /dev/null | grep -qxF "$RUN/supervisord.conf" || return 1
	echo "$pid"
}

site_supervise() {
	supervisord -c "$RUN/supervisord.conf" || return 1
	local i
	for i in $(seq 200); do
		[ -S "$RUN/supervisor.sock" ] && site_pid > /dev/null && return 0
		sleep 0.05
	done
	return 1
}

# Answers when the site does: every area, not only nginx. Else says which does not.
site_wait() {
	local i row path status=""
	for row in account:/sign-in dashboard:/operations wizard:/wizard survey:/surveys people:/contacts \
	    import:/imports export:/exports share:/j/x paper:/sheets/1 agent:/agent api:/api/v1/operations connection:/connections hooks:/hooks/x; do
		[ -x "$B/bin/${row%%:*}" ] || continue	# a part of the site, for a test of that part
		path=${row#*:}
		for i in $(seq 150); do
			status=$(site_status "$path")
			case $status in 000 | 50?) sleep 0.1 ;; *) continue 2 ;; esac
		done
		echo "tocsin: http://127.0.0.1:$PORT$path answers $status" >&2
		return 1
	done
}

# The status of one GET, without needing curl: 000 when nobody listens.
site_status() {
	local line=""
	{ exec 7<> "/dev/tcp/127.0.0.1/$PORT"; } 2> /dev/null || { echo 000; return; }
	printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$1" "$PORT" >&7
	read -r -t 10 line <&7
	exec 7>&-
	line=${line#* }
	echo "${line%% *}"
}

# What a killed supervisord left behind of this copy: by what its processes were started with, never by name.
site_orphans() {
	local p pid
	for p in /proc/[0-9]*; do
		[ -O "$p" ] || continue
		pid=${p#/proc/}
		if tr '\0' '\n' < "$p/cmdline" 2> /dev/null | grep -qxF -e "--pid-file=$RUN/db.pid" ||
		    tr '\0' ' ' < "$p/cmdline" 2> /dev/null | grep -qF -e "-c $RUN/nginx.conf" ||
		    { tr '\0' '\n' < "$p/environ" 2> /dev/null | grep -qxF -e "TOCSIN_CONF=${SITE_CONF:-$VAR/tocsin.conf}" &&
		      tr '\0' '\n' < "$p/environ" 2> /dev/null | grep -q '^SUPERVISOR_PROCESS_NAME='; }; then
			echo "$pid"
		fi
	done
}

# Ends them and waits; true when there were some.
site_sweep() {
	local pids i
	pids=$(site_orphans)
	[ -n "$pids" ] || return 1
	kill $pids 2> /dev/null
	for i in $(seq 600); do
		[ -n "$(site_orphans)" ] || return 0
		sleep 0.1
	done
	kill -9 $(site_orphans) 2> /dev/null
	return 0
}

# Ends this copy's supervisord, which ends its children, and waits.
site_end() {
	local pid i
	pid=$(site_pid) || return 1
	kill "$pid" 2> /dev/null
	for i in $(seq 1500); do
		if ! kill -0 "$pid" 2> /dev/null; then
			rm -f "$RUN"/*.sock "$RUN/supervisord.pid"
			case $RUN in /tmp/tocsin-*) rm -rf "$RUN" ;; esac
			return 0
		fi
		sleep 0.1
	done
	return 1
}
