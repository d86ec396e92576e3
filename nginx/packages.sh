# packages.sh - Debian packages, installed only when missing. Sourced by nginx/run and tests/run.
#
#   packages_need WORD...    installs what is missing of these; asks nothing when all are there

PACKAGES_RUN="nginx supervisor mariadb-server-core mariadb-client-core
	libfcgi0ldbl libmariadb3 libjson-c5 libqrencode4 libctemplate3 libsodium23 libcsv3 libuchardet0
	libphonenumber8 liborcus-parser-0.17-0 libxlsxwriter4 libcurl4 libssl3 ca-certificates liboath0 libpng16-16 tzdata libjs-bootstrap5 libjs-chart.js fonts-inter"
PACKAGES_BUILD="make gcc g++ gettext libfcgi-dev libmariadb-dev libjson-c-dev libqrencode-dev libctemplate-dev
	libsodium-dev libcsv-dev libuchardet-dev libphonenumber-dev liborcus-dev libxlsxwriter-dev
	libcurl4-openssl-dev libssl-dev liboath-dev libpng-dev pkg-config python3-phonenumbers tzdata"
PACKAGES_TEST="curl clang libclang-rt-14-dev chromium procps zbar-tools oathtool"

packages_missing() {
	local p
	for p in "$@"; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2> /dev/null)" = installed ] || echo "$p"
	done
}

packages_need() {
	local missing sudo="" policy=${POLICY_RC_D:-/usr/sbin/policy-rc.d}
	missing=$(packages_missing "$@" | tr '\n' ' ')
	[ -n "${missing// /}" ] || return 0
	if [ "$(id -u)" != 0 ]; then
		command -v sudo > /dev/null || { echo "tocsin: missing packages, and there is no sudo. As root: apt-get install $missing" >&2; return 1; }
		sudo="sudo"
	fi
	echo "Installing Debian packages: $missing"
	# nginx and supervisor would start a system-wide service of theirs: not what was asked for here.
	local policy_ours=0
	if [ ! -e "$policy" ]; then
		printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" > /dev/null && $sudo chmod 0755 "$policy" && policy_ours=1
	fi
	(
		[ $policy_ours = 1 ] && trap '$sudo rm -f "$policy"' EXIT
		trap 'exit 130' INT TERM HUP
		$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing > /dev/null ||
		    { $sudo apt-get update -q > /dev/null &&
		      $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing > /dev/null; }
	) || { echo "tocsin: apt-get could not install: $missing" >&2; return 1; }
}
