# Tocsin: build, run, stop, test, bench, lint, fuzz, install. `make help` lists them.
# SAN=1 builds everything with the address and undefined-behaviour sanitizers, in its own folder.

AREAS    := account dashboard wizard survey people import export share paper agent api connection hooks
PROGRAMS := $(AREAS) worker sim tocsin

ifeq ($(SAN),1)
B        := build/san
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
else
B        := build
SANFLAGS :=
endif

# One name for one folder: what .d files say is about build/x.o, not about /home/me/tocsin/build/x.o.
override B := $(patsubst $(CURDIR)/%,%,$(B))

CC       := gcc
CXX      := g++
OPT      := -O2 -g
WARN     := -Wall -Wextra -Werror -Wshadow -Wvla -Wformat=2 -Wformat-nonliteral -Wno-format-nonliteral
CPPFLAGS := -Ilib -I$(B)/gen -D_GNU_SOURCE -MMD -MP
CFLAGS   := -std=gnu11 $(OPT) $(WARN) -Wstrict-prototypes -Wmissing-prototypes -fstack-protector-strong $(SANFLAGS)
CXXFLAGS := -std=gnu++17 $(OPT) -Wall -Wextra -Werror -fstack-protector-strong $(SANFLAGS)
LDFLAGS  := $(SANFLAGS) -Wl,--as-needed -Wl,-z,relro,-z,now
# One outside library per module of lib/plumb; --as-needed keeps what a program does not use out of it.
LDLIBS   := -lfcgi -lmariadb -ljson-c -lqrencode -lctemplate_nothreads -lsodium -lcsv -luchardet -lphonenumber -lorcus-parser-0.17 -lxlsxwriter -lcurl -lcrypto -loath -lpng16 -lm

# --- the library ---------------------------------------------------------------------------------
LIB_SRC  := $(wildcard lib/plumb/*.c lib/domain/*.c lib/provider/*.c)
LIB_CXX  := $(wildcard lib/plumb/*.cc)
LIB_SRC  := $(filter-out $(SKIP),$(LIB_SRC))
LIB_OBJ  := $(LIB_SRC:%.c=$(B)/%.o) $(LIB_CXX:%.cc=$(B)/%.o)
LIB      := $(B)/libtocsin.a

.DEFAULT_GOAL := all
.PHONY: help
help:
	@echo "make run      install what is missing, build, start a private copy, print its addresses"
	@echo "make stop     end exactly what make run started"
	@echo "make test     install what tests need, run every test; the last line counts them"
	@echo "make test ONLY=\"unit db/claim\"      only these"
	@echo "make lint     only the house rules (seconds)"
	@echo "make bench    the hot path on a million entries, with its ratios"
	@echo "make bench-import   only the import of a million rows, against LOAD DATA"
	@echo "make bench-hooks    only webhooks through nginx, against bare commits"
	@echo "make bench-list     only loading 500,000 people of a million into an operation"
	@echo "make bench-people   only search and filter pages, at 10,000 and at a million people"
	@echo "make bench-export   only the export of calls, beside mariadb --batch"
	@echo "make bench-numbers  only dashboard and operation pages of a million entries, while agents work"
	@echo "make soak     200 agents at the pretend company for ten minutes; AGENTS=20 MINUTES=2: a smaller one"
	@echo "make fuzz     feed the parsers garbage; FUZZ_SECONDS=60 each"
	@echo "make install  programs and files below DESTDIR/PREFIX (/usr/local); see README, In production"
	@echo "make all      only build          make clean    remove the build folder"
	@echo
	@echo "TOCSIN_PORT=8081 TOCSIN_VAR=var2   a second copy beside the first (run and stop)"
	@echo "SAN=1                              with the address and undefined-behaviour sanitizers"
	@echo "B=/tmp/b                           another build folder"

.PHONY: all
all: $(PROGRAMS:%=$(B)/bin/%) templates

$(LIB): $(LIB_OBJ)
	@rm -f $@
	ar rcs $@ $^

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/%.o: %.cc
	@mkdir -p $(@D)
	$(CXX) $(CPPFLAGS) $(CXXFLAGS) -c -o $@ $<

# --- the schema this build needs is that of the newest migration ----------------------------------
MIGRATIONS := $(sort $(wildcard sql/[0-9][0-9][0-9]_*.sql))
$(B)/gen/schema_number.h: $(MIGRATIONS)
	@mkdir -p $(@D)
	@echo $(notdir $(lastword $(MIGRATIONS))) | sed 's/^0*\([0-9]*\)_.*/#define SCHEMA_NUMBER \1u/' > $@
$(B)/lib/plumb/db.o: $(B)/gen/schema_number.h

# --- time zones of numbers: Debian's python3-phonenumbers, as a C table ----------------------------
$(B)/gen/domain/zone_number.h: lib/domain/zone_number.py
	@mkdir -p $(@D)
	@/usr/bin/python3 $< > $@.tmp && mv $@.tmp $@
$(B)/lib/domain/zone.o: $(B)/gen/domain/zone_number.h
$(B)/lib/plumb/sheet.o: CPPFLAGS += -isystem /usr/include/liborcus-0.17

# --- templates: names become C constants, [[English]] becomes each language -----------------------
LIB_TPL  := $(wildcard lib/tpl/*.tpl)
AREA_TPL := $(wildcard cgi-bin/*/tpl/*.tpl)
# cgi-bin/wizard/tpl/details.tpl -> build/gen/wizard/tpl/details.names.h and build/tpl/fr/wizard/details.tpl
names_of  = $(patsubst lib/tpl/%.tpl,$(B)/gen/lib/tpl/%.names.h,$(foreach t,$(1),$(if $(filter cgi-bin/%,$(t)),$(B)/gen/$(patsubst cgi-bin/%.tpl,%.names.h,$(t)),$(t))))
compiled_of = $(foreach t,$(1),$(B)/tpl/$(2)/$(if $(filter lib/%,$(t)),$(notdir $(t)),$(subst /tpl/,/,$(patsubst cgi-bin/%,%,$(t)))))
NAMES    := $(call names_of,$(LIB_TPL) $(AREA_TPL))
COMPILED := $(call compiled_of,$(LIB_TPL) $(AREA_TPL),en) $(call compiled_of,$(LIB_TPL) $(AREA_TPL),fr)

.PHONY: templates
templates: $(COMPILED) $(NAMES) $(B)/locale/C.UTF-8/LC_MESSAGES/tocsin-fr.mo

# An unsafe or misspelt template stops the build here.
define names_rule
	@mkdir -p $(@D)
	@ctemplate-make_tpl_varnames_h -q -t. -f$@.tmp $<
	@{ echo "/* made from $< */"; \
	   sed -n 's/.*STS_INIT_WITH_HASH([^,]*, *"\([A-Za-z0-9_]*\)".*/\1/p' $@.tmp | sort -u | \
	   awk -v p=$$(basename $< .tpl | tr 'a-z-' 'A-Z_') '{ print "#define " p "_" $$1 " \"" $$1 "\"" }'; } > $@ && rm -f $@.tmp
endef
$(B)/gen/lib/tpl/%.names.h: lib/tpl/%.tpl
	$(names_rule)
define area_rules
$(B)/gen/$(1)/tpl/%.names.h: cgi-bin/$(1)/tpl/%.tpl
	$$(names_rule)
$(B)/tpl/en/$(1)/%.tpl: cgi-bin/$(1)/tpl/%.tpl $(B)/bin/tplc
	@mkdir -p $$(@D)
	@$(B)/bin/tplc en $$< > $$@.tmp && mv $$@.tmp $$@
$(B)/tpl/fr/$(1)/%.tpl: cgi-bin/$(1)/tpl/%.tpl $(B)/bin/tplc $(B)/locale/C.UTF-8/LC_MESSAGES/tocsin-fr.mo
	@mkdir -p $$(@D)
	@$(B)/bin/tplc fr $$< > $$@.tmp && mv $$@.tmp $$@
$(B)/bin/$(1): $(patsubst %.c,$(B)/%.o,$(wildcard cgi-bin/$(1)/*.c)) $(LIB)
	@mkdir -p $$(@D)
	$(CXX) $(LDFLAGS) -o $$@ $$^ $(LDLIBS)
$(B)/cgi-bin/$(1)/%.o: CPPFLAGS += -I$(B)/gen/$(1) -Icgi-bin/$(1)
$(patsubst %.c,$(B)/%.o,$(wildcard cgi-bin/$(1)/*.c)): | $(filter $(B)/gen/$(1)/%,$(NAMES))
endef
$(foreach a,$(PROGRAMS),$(eval $(call area_rules,$(a))))
$(B)/tpl/en/%.tpl: lib/tpl/%.tpl $(B)/bin/tplc
	@mkdir -p $(@D)
	@$(B)/bin/tplc en $< > $@.tmp && mv $@.tmp $@
$(B)/tpl/fr/%.tpl: lib/tpl/%.tpl $(B)/bin/tplc $(B)/locale/C.UTF-8/LC_MESSAGES/tocsin-fr.mo
	@mkdir -p $(@D)
	@$(B)/bin/tplc fr $< > $@.tmp && mv $@.tmp $@
$(B)/lib/plumb/%.o: CPPFLAGS += -I$(B)/gen/lib
$(LIB_OBJ): | $(filter $(B)/gen/lib/%,$(NAMES))

# The template compiler: replaces [[English]] by the text of one language; a missing one stops the build.
$(B)/bin/tplc: lib/tpl/tplc.c
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -O1 -Wall -Wextra -Werror -D_GNU_SOURCE -DLOCALE='"$(abspath $(B)/locale)"' -o $@ $<

# French: one catalogue per room, merged. English is the key.
PO       := $(wildcard lib/fr.po cgi-bin/*/fr.po)
$(B)/locale/C.UTF-8/LC_MESSAGES/tocsin-fr.mo: $(PO)
	@mkdir -p $(@D)
	@msgcat --use-first -o $(B)/fr.po $(PO)
	@msgfmt --check-format --check-domain -o $@ $(B)/fr.po

# --- tests in C: one program per file, linked with the library --------------------------------------
UNIT_TESTS := $(patsubst %.c,$(B)/%,$(wildcard tests/unit/*.c))
DB_TESTS   := $(patsubst %.c,$(B)/%,$(wildcard tests/db/*.c tests/faults/*.c tests/contract/*.c))
$(B)/tests/%.o: CPPFLAGS += -Itests
$(B)/tests/%: $(B)/tests/%.o $(LIB)
	$(CXX) $(LDFLAGS) -o $@ $^ $(LDLIBS)

.SECONDARY:
# tests/area/NAME/main.c: an area that only tests run.
AREA_TESTS := $(patsubst %.c,$(B)/%,$(wildcard tests/area/*/main.c))

# area-tests: what tests of areas, site and browser need; the programs of the others take most of the time to link.
.PHONY: tests area-tests
area-tests: all $(AREA_TESTS)
tests: area-tests $(UNIT_TESTS) $(DB_TESTS)

# --- run, stop, test ------------------------------------------------------------------------------
JOBS ?= $(shell nproc)

AGENTS  ?= 200
MINUTES ?= 10
.PHONY: run stop test lint soak bench bench-import bench-list bench-people bench-export bench-hooks bench-numbers clean
run:
	@nginx/run ensure-packages
	@$(MAKE) --no-print-directory -s -j$(JOBS) all
	@B=$(B) nginx/run start
stop:
	@B=$(B) nginx/run stop
test:
	@B=$(B) SAN=$(SAN) tests/run $(ONLY)
lint:
	@B=$(B) tests/lint/run
soak:
	@nginx/run ensure-packages
	@$(MAKE) --no-print-directory -s -j$(JOBS) all
	@B=$(B) SOAK_AGENTS=$(AGENTS) SOAK_SECONDS=$$(( $(MINUTES) * 60 )) SOAK_TALK=4 \
	    SIM_OPTIONS="--speed 1 --doubled 10 --late 10 --lost 5" tests/with-site node tests/site/soak.mjs
bench:
	@nginx/run ensure-packages
	@$(MAKE) --no-print-directory -s -j$(JOBS) all
	@missed=; for part in run run-import run-list run-hooks run-people run-export run-numbers; do B=$(B) tests/bench/$$part || missed="$$missed $$part"; done; \
	[ -z "$$missed" ] || { echo "missed or failed:$$missed"; exit 1; }
bench-import:
	@nginx/run ensure-packages
	@B=$(B) tests/bench/run-import
bench-list:
	@nginx/run ensure-packages
	@B=$(B) tests/bench/run-list
bench-hooks:
	@nginx/run ensure-packages
	@$(MAKE) --no-print-directory -s -j$(JOBS) all
	@B=$(B) tests/bench/run-hooks
bench-export:
	@nginx/run ensure-packages
	@B=$(B) tests/bench/run-export
bench-numbers:
	@nginx/run ensure-packages
	@$(MAKE) --no-print-directory -s -j$(JOBS) all
	@B=$(B) tests/bench/run-numbers
bench-people:
	@nginx/run ensure-packages
	@B=$(B) tests/bench/run-people
clean:
	rm -rf build

# --- fuzz: each tests/fuzz/NAME.c against the library built by clang -----------------------------------
FUZZ_SECONDS ?= 60
FUZZ         := $(patsubst tests/fuzz/%.c,$(B)/tests/fuzz/%,$(wildcard tests/fuzz/*.c))
.PHONY: fuzz fuzz-programs
fuzz:
	@$(MAKE) --no-print-directory -s -j$(JOBS) fuzz-build
	@B=build/fuzz FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run
.PHONY: fuzz-build
fuzz-build:
	@$(MAKE) --no-print-directory -s B=build/fuzz CC=clang CXX=clang++ OPT="-O1 -g" FUZZER=1 WARN=-Wall \
	    SANFLAGS="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined" fuzz-programs
fuzz-programs: $(FUZZ)
ifeq ($(FUZZER),1)
$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(LIB)
	$(CXX) -fsanitize=fuzzer,address,undefined -o $@ $^ $(LDLIBS)
endif

# --- install ------------------------------------------------------------------------------------------
PREFIX  ?= /usr/local
LIBDIR  := $(PREFIX)/lib/tocsin
SHARE   := $(PREFIX)/share/tocsin
UNITDIR ?= $(PREFIX)/lib/systemd/system

.PHONY: install
install: all
	@B=$(B) DESTDIR=$(DESTDIR) PREFIX=$(PREFIX) LIBDIR=$(LIBDIR) SHARE=$(SHARE) UNITDIR=$(UNITDIR) nginx/install

-include $(shell find $(B) -name '*.d' 2>/dev/null)
