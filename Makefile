# Thin on purpose: each target is one script. They install what is missing (Debian packages, npm modules).
.PHONY: run build test day bench bench-figures lint
.DEFAULT_GOAL := run

run:    ## the demo city on http://localhost:8112
	@scripts/run

build:  ## target/release/siaga, one file with interface, prompts and demo city inside
	@scripts/build

test:   ## every test of the repository
	@scripts/test

day:    ## a simulated day over real SIP, with a killed browser and a killed server (24 minutes)
	@scripts/day

bench:  ## figures beside Kamailio and rtpengine, same machine, same run
	@scripts/bench

bench-figures: ## the figures over 1 million calls on SQLite and 10 million on PostgreSQL
	@scripts/bench-figures

lint:   ## rustfmt, clippy, svelte-check
	@scripts/lint
