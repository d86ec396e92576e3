#!/bin/bash
# readme - "Add a page in twenty lines" of README.md, done as it says in a copy of the sources: template, handler
# and French compile, and the page is shorter than promised.
set -u
TREE=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d /tmp/tocsin-readme-XXXXXX)
trap 'rm -rf "$tmp"' EXIT
code=0
ok() { echo "ok - $1"; }
no() { echo "not ok - $1: $(tr '\n' ' ' <<< "${2:-}" | cut -c1-500)"; code=1; }

mkdir "$tmp/cgi-bin"
cp -r "$TREE/Makefile" "$TREE/lib" "$TREE/sql" "$tmp"
cp -r "$TREE"/cgi-bin/* "$tmp/cgi-bin"
cd "$tmp" || exit 2

# block LANGUAGE N: the Nth fenced block of that language in the chapter
block() {
	sed -n '/^## Add a page/,/^## In production/p' "$TREE/README.md" |
	    awk -v l="$1" -v n="$2" '$0 == "```" && on { on = 0 } on { print } $0 == "```" l { if (++k == n) on = 1 }'
}
block html 1 > cgi-bin/people/tpl/hello.tpl
block c 1 > cgi-bin/people/hello.c
row=$(block c 2)
grep -q AUTOESCAPE cgi-bin/people/tpl/hello.tpl && grep -q hello_show cgi-bin/people/hello.c && grep -q hello_show <<< "$row" &&
    ok "the chapter has its template, its handler and its row" || no "the chapter has its template, its handler and its row"
sed -i "/static const struct route routes/a $(sed 's/^\t*//' <<< "$row")" cgi-bin/people/main.c
sed -i 's|^#endif$|enum http hello_show(struct req *);\n#endif|' cgi-bin/people/people.h
grep -q hello_show cgi-bin/people/people.h || sed -i '$a enum http hello_show(struct req *);' cgi-bin/people/people.h
for text in $(grep -o '\[\[[^]]*\]\]' cgi-bin/people/tpl/hello.tpl | tr -d '[]' | tr ' ' '_'); do
	text=${text//_/ }
	grep -qxF "msgid \"$text\"" cgi-bin/*/fr.po lib/fr.po || printf '\nmsgid "%s"\nmsgstr "(en français)"\n' "$text" >> cgi-bin/people/fr.po
done
out=$(make -s B=b b/cgi-bin/people/hello.o b/cgi-bin/people/main.o b/tpl/fr/people/hello.tpl 2>&1) &&
    ok "the page of the chapter compiles" || no "the page of the chapter compiles" "$out"
lines=$(cat cgi-bin/people/tpl/hello.tpl cgi-bin/people/hello.c | wc -l)
[ "$lines" -le 20 ] && ok "in $lines lines" || no "in twenty lines" "$lines"

# What the build refuses: a misspelt name, a text without French.
sed -i 's/HELLO_NAME/HELLO_NAMME/' cgi-bin/people/hello.c
make -s B=b "b/cgi-bin/people/hello.o" > /dev/null 2>&1 && no "a misspelt name does not compile" || ok "a misspelt name does not compile"
echo '<p>[[Nobody said this in French]]</p>' >> cgi-bin/people/tpl/hello.tpl
make -s B=b "b/tpl/fr/people/hello.tpl" > /dev/null 2>&1 && no "a text without French stops the build" || ok "a text without French stops the build"
exit $code
