# The front door: it drives tools/setup, meson and test/run. `make help` lists what it can do.
#
#   DB=sqlite:FILE or postgresql://…     the store that `make run` serves
#   LISTEN=ADDRESS:PORT                  where it listens
#   N=1000000                            dossiers of `make bench`
#   SECONDS=60                           of each target of `make fuzz`

DB ?= sqlite:motcua.db
LISTEN ?= 127.0.0.1:8080
N ?= 1000000
SECONDS ?= 60

SANITIZED = -Dtests=true -Dbuildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false
STORE_FILE = $(patsubst sqlite:%,%,$(filter sqlite:%,$(DB)))

.PHONY: help run build test check bench fuzz format clean setup
.DELETE_ON_ERROR:

help:
	@echo 'make run      install what is missing, build, make the demonstration city, serve it'
	@echo 'make test     install what is missing, build with sanitizers, run every suite'
	@echo 'make build    the optimised program: build/motcua'
	@echo 'make check    the quick suites: the house rules and the unit tests'
	@echo 'make bench    N=1000000  measure; one JSON line for each operation'
	@echo 'make fuzz     SECONDS=60  throw bytes at every parser'
	@echo 'make format   lay the C out as .clang-format says'
	@echo 'make clean    remove everything built; the store stays'

setup:
	@tools/setup

build: setup
	@test -f build/build.ninja || meson setup build --buildtype=release >/dev/null
	@ninja -C build --quiet

# The demonstration city is made once; delete the file to have a new one.
ifneq ($(STORE_FILE),)
$(STORE_FILE): | build
	@build/motcua demo --db '$(DB)'
endif

run: build $(STORE_FILE)
	@exec build/motcua serve --db '$(DB)' --listen '$(LISTEN)'

# One build runs under the sanitizers; clang only compiles, for its warnings.
test:
	@tools/setup test
	@test -f build-test/build.ninja || meson setup build-test $(SANITIZED) >/dev/null
	@test -f build-clang/build.ninja || \
		CC=clang meson setup build-clang -Dtests=true -Dbuildtype=plain >/dev/null
	@ninja -C build-test --quiet && ninja -C build-clang --quiet || \
		{ echo 'the build failed'; echo '0 passed, 1 failed'; exit 1; }
	@test/run build-test

check:
	@tools/setup test
	@test -f build-test/build.ninja || meson setup build-test $(SANITIZED) >/dev/null
	@ninja -C build-test --quiet
	@test/run build-test house unit

bench: build
	@test/bench/run build '$(N)'

fuzz:
	@tools/setup fuzz
	@test -f build-fuzz/build.ninja || \
		CC=clang meson setup build-fuzz -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false >/dev/null
	@ninja -C build-fuzz --quiet
	@test/fuzz/run build-fuzz '$(SECONDS)'

format:
	@clang-format -i src/*/*.[ch] tools/*.[ch] test/*.h test/*/*.[ch]

clean:
	@rm -rf build build-test build-clang build-fuzz
