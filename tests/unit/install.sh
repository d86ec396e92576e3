#!/bin/bash
# install - make install puts everything where the units, the site and the settings look for it.
set -u
cd "$(dirname "$0")/../.." || exit 2
B=${B:-build}
dest=$(mktemp -d /tmp/tocsin-install-XXXXXX)
trap 'rm -rf "$dest"' EXIT
code=0
ok() { echo "ok - $1"; }
no() { echo "not ok - $1: $(tr '\n' ' ' <<< "${2:-}" | cut -c1-400)"; code=1; }
check() { local name=$1 out; shift; if out=$("$@" 2>&1); then ok "$name"; else no "$name" "$out"; fi; }

check "make install below a DESTDIR" make -s B="$B" DESTDIR="$dest" PREFIX=/opt/t install

share=$dest/opt/t/share/tocsin
for area in account dashboard wizard survey people import export share agent api connection hooks worker sim; do
	check "the program $area is there" test -x "$dest/opt/t/lib/tocsin/$area"
done
check "templates in both languages" test -s "$share/tpl/fr/head.tpl" -a -s "$share/tpl/en/head.tpl"
check "migrations" test -s "$share/sql/001_house.sql"
check "nothing names the build folder" bash -c "! grep -rlI '$(pwd)' '$dest/opt/t/share' '$dest/opt/t/lib/systemd'"

# nginx reads the site (with the folders of this DESTDIR).
sed -i "s|/opt/t/share/tocsin|$share|g" "$share/nginx/locations.conf"
printf 'pid %s/pid;\nerror_log /dev/null;\nevents {}\nhttp { include /etc/nginx/mime.types; access_log off; client_body_temp_path %s/a; fastcgi_temp_path %s/b; proxy_temp_path %s/c; uwsgi_temp_path %s/d; scgi_temp_path %s/e; include %s/nginx/limits.conf; server { listen 127.0.0.1:1; include %s/nginx/locations.conf; } }\n' \
    "$dest" "$dest" "$dest" "$dest" "$dest" "$dest" "$share" "$share" > "$dest/nginx.conf"
check "nginx accepts the site" /usr/sbin/nginx -t -q -e /dev/null -c "$dest/nginx.conf"

# The site of production too, with a certificate that is none: what it says of ports and doors can be read.
sed -e "s|/opt/t/share/tocsin|$share|g" -e 's/listen \(\[::\]:\)\?\(80\|443 ssl http2\);//; s/listen 127.0.0.1:8086/listen 127.0.0.1:2/; /ssl_/d' "$share/examples/nginx-site" |
    sed "/limits.conf/d" > "$dest/production"
sed "s|server { listen 127.0.0.1:1; include .*locations.conf; }|include $dest/production;|" "$dest/nginx.conf" > "$dest/nginx-production.conf"
check "nginx accepts the example of a public site, with a door for the simulation" bash -c "/usr/sbin/nginx -t -q -e /dev/null -c '$dest/nginx-production.conf' && grep -q 'listen 127.0.0.1:8086' '$share/examples/nginx-site'"

# systemd reads the units (with programs that are there).
if command -v systemd-analyze > /dev/null && [ -e /usr/lib/systemd/system/sysinit.target ]; then
	units=$dest/opt/t/lib/systemd/system
	sed -i "s|/opt/t/lib|$dest/opt/t/lib|g" "$units"/*.service
	out=$(SYSTEMD_UNIT_PATH=$units: systemd-analyze verify "$units"/tocsin-agent@1.service "$units"/tocsin-*.socket "$units/tocsin-worker.service" "$units/tocsin-out.service" "$units"/tocsin-dialer@1.service "$units/tocsin-sim.service" "$units/tocsin.target" 2>&1 | grep -i tocsin)
	if [ -z "$out" ]; then ok "systemd accepts the units"; else no "systemd accepts the units" "$out"; fi
fi

# Every setting of the example is one that the programs know.
for name in $(sed -nE 's/^([a-z_]+) =.*/\1/p' "$share/examples/tocsin.conf"); do
	check "the example's $name is a setting" grep -q "{ \"$name\"," lib/plumb/conf.c
done
exit $code
