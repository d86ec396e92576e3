#!/bin/bash
# packages - what make run installs: nothing when all is there, else only what is missing, and no package may start
# a service of its own meanwhile. With an apt-get and a dpkg-query that only say what they were asked.
set -u
cd "$(dirname "$0")/../.." || exit 2
tmp=$(mktemp -d /tmp/tocsin-packages-XXXXXX)
trap 'rm -rf "$tmp"' EXIT
export POLICY_RC_D=$tmp/policy-rc.d
code=0
check() { if eval "$2"; then echo "ok - $1"; else echo "not ok - $1: $(tr '\n' ' ' < "$tmp/said" 2> /dev/null)"; code=1; fi; }

mkdir "$tmp/bin"
cat > "$tmp/bin/dpkg-query" <<'END'
#!/bin/sh
for p; do :; done
case $p in there*) echo installed ;; esac
END
cat > "$tmp/bin/apt-get" <<'END'
#!/bin/sh
echo "$@" >> "$TMP_SAID"
[ -x "$POLICY_RC_D" ] && ! "$POLICY_RC_D" && echo "services held" >> "$TMP_SAID"
exit ${APT_CODE:-0}
END
printf '#!/bin/sh\nexec "$@"\n' > "$tmp/bin/sudo"
chmod +x "$tmp"/bin/*
export TMP_SAID=$tmp/said PATH=$tmp/bin:$PATH
. nginx/packages.sh

packages_need there-1 there-2 > /dev/null
check "nothing is asked when all is there" '[ ! -e "$tmp/said" ]'
packages_need there-1 missing-1 missing-2 > /dev/null
check "only what is missing is installed" 'grep -q "^install .*missing-1 missing-2" "$tmp/said" && ! grep -q there-1 "$tmp/said"'
check "no recommended packages come along" 'grep -q -- "--no-install-recommends" "$tmp/said"'
check "no package starts a service meanwhile" 'grep -q "services held" "$tmp/said"'
check "afterwards services are as before" '[ ! -e "$POLICY_RC_D" ]'
printf '#!/bin/sh\nexit 0\n' > "$POLICY_RC_D"; chmod +x "$POLICY_RC_D"
packages_need missing-3 > /dev/null
check "a policy that was there stays" '[ "$(tail -n 1 "$POLICY_RC_D")" = "exit 0" ]'
rm -f "$POLICY_RC_D"
APT_CODE=100 packages_need missing-4 > "$tmp/out" 2>&1
check "a failure says which packages" 'grep -q missing-4 "$tmp/out"'
check "and leaves no policy behind" '[ ! -e "$POLICY_RC_D" ]'
if APT_CODE=100 packages_need missing-4 > /dev/null 2>&1; then echo "not ok - a failure is a failure"; code=1; else echo "ok - a failure is a failure"; fi
exit $code
