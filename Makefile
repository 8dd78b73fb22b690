# The front door: it drives tools/setup, meson and test/run. `make help` lists what it can do.
#
#   DB=sqlite:FILE or postgresql://…     the store that `make run` serves
#   LISTEN=ADDRESS:PORT                  where it listens
#   N=1000000                            dossiers of `make bench`
#   FLOWS=100000                         running processes of `make bench`
#   SECONDS_EACH=60                      of each target of `make fuzz`

DB ?= sqlite:motcua.db
LISTEN ?= 127.0.0.1:8080
N ?= 1000000
FLOWS ?= 100000
SECONDS_EACH ?= 60

# The sanitizers insert code of which gcc then warns; the other builds keep both warnings.
SANITIZED = -Dtests=true -Dbuildtype=debugoptimized -Db_sanitize=address,undefined \
	-Dc_args='-Wno-format-truncation -Wno-stringop-overflow'

STORE_FILE = $(patsubst sqlite:%,%,$(filter sqlite:%,$(DB)))

.PHONY: help run build test check bench fuzz format clean
.DELETE_ON_ERROR:

help:
	@echo 'make run      install what is missing, build, make the demonstration city, serve it'
	@echo 'make test     install what is missing, build with sanitizers, run every suite'
	@echo 'make build    the optimised program: build/motcua'
	@echo 'make check    the quick suites: house rules, refusals, unit tests'
	@echo 'make bench    N=$(N)  measure; one JSON line for each operation'
	@echo 'make fuzz     SECONDS_EACH=$(SECONDS_EACH)  throw bytes at every parser'
	@echo 'make format   lay the C out as .clang-format says'
	@echo 'make clean    remove what was built; the store stays'

build:
	@tools/setup
	@tools/build build src/app/motcua -Dbuildtype=release
	@ln -sf src/app/motcua build/motcua

# The demonstration city is made once; remove the file to have a new one.
ifneq ($(STORE_FILE),)
$(STORE_FILE): | build
	@echo 'Making the demonstration city (39,205 dossiers)' >&2
	@build/motcua demo --db '$(DB)'
endif

run: build $(STORE_FILE)
	@exec build/motcua serve --db '$(DB)' --listen '$(LISTEN)' --demo

# One build runs, under the sanitizers; clang only compiles, for its warnings.
test:
	@tools/setup test
	@{ tools/build build-test all $(SANITIZED) && \
	   CC=clang tools/build build-clang all -Dtests=true -Dbuildtype=debug; } || \
		{ echo 'the build failed'; echo '0 passed, 1 failed'; exit 1; }
	@test/run build-test

check:
	@tools/setup test
	@tools/build build-test all $(SANITIZED)
	@test/run build-test house refuse unit

bench: build
	@FLOWS='$(FLOWS)' bench/run '$(N)'
	@bench/figure '$(N)'

fuzz:
	@tools/setup fuzz
	@CC=clang tools/build build-fuzz all -Dtests=true -Dfuzz=true -Dbuildtype=debugoptimized \
		-Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-fsanitize=fuzzer-no-link
	@test/fuzz/run build-fuzz '$(SECONDS_EACH)'

format:
	@clang-format -i src/*/*.[ch] tools/*.[ch] test/*.h test/*/*.[ch]

clean:
	@rm -rf build build-test build-clang build-fuzz
