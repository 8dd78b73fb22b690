# The front door. Each target does all its own set-up on a bare Debian 12 machine, as root or through sudo.
SHELL := /bin/sh
DB ?= sqlite:motcua.db
LISTEN ?= 127.0.0.1:8080
N ?= 1000000
SECONDS_EACH ?= 60

.PHONY: help run build test check bench fuzz format clean

help:
	@echo 'make run      install what is missing, build, make the demonstration city, serve it on $(LISTEN)'
	@echo 'make test     install what is missing, build with sanitizers, run every suite'
	@echo 'make build    the optimised binary, build/motcua'
	@echo 'make check    the quick part of the tests: stairs, refusals, unit suites'
	@echo 'make bench    measure against bare limits with N=$(N) dossiers'
	@echo 'make fuzz     run each fuzzer for SECONDS_EACH=$(SECONDS_EACH) seconds'
	@echo 'make format   lay out the sources by .clang-format'
	@echo 'make clean    remove what was built'

build:
	@tools/setup build
	@[ -f build/build.ninja ] || meson setup build --buildtype=release >build-setup.log 2>&1 || { cat build-setup.log; exit 1; }
	@ninja -C build motcua

run: build
	@MOTCUA_DB='$(DB)' tools/run-city build/motcua '$(LISTEN)'

test:
	@tools/setup test
	@test/run

check:
	@tools/setup test
	@test/run --quick

bench: build
	@tools/setup test
	@bench/run $(N)

fuzz:
	@tools/setup test
	@test/fuzz/run $(SECONDS_EACH)

format:
	@git ls-files 'src/*.[ch]' 'tools/*.[ch]' 'test/*.[ch]' | xargs clang-format -i

clean:
	rm -rf build build-test build-clang build-fuzz build-setup.log
