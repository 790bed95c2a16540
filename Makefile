# Thin on purpose: each target is one script. They install what is missing (Debian packages, npm modules).
.PHONY: run build test bench lint
.DEFAULT_GOAL := run

run:    ## the demo city on http://localhost:8112
	@scripts/run

build:  ## target/release/siaga, one file with interface, prompts and demo city inside
	@scripts/build

test:   ## every test of the repository
	@scripts/test

bench:  ## figures beside Kamailio and rtpengine, same machine, same run
	@scripts/bench

lint:   ## rustfmt, clippy, svelte-check
	@scripts/lint
