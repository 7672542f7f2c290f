# Evenhand: the targets a person needs. `make` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup build build-tests demo test coverage lint format docs reports check-reports interchange screenshots bench bench-peers install clean

SWIFT ?= swift
PREFIX ?= /usr/local
PACKAGES := libopenblas-dev liblapacke-dev zlib1g-dev libzstd-dev pkg-config
BINARY := .build/release/evenhand
# One kernel family everywhere, so that committed reports can be compared byte for byte.
REPRODUCIBLE := OPENBLAS_CORETYPE=Haswell SOURCE_DATE_EPOCH=1767225600

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the system libraries that are missing (Debian, Ubuntu)
	@.ci/setup $(PACKAGES)

build: setup ## Build the command as a release build
	$(SWIFT) build -c release --product evenhand

build-tests: setup ## Build the command and the tests at once
	$(SWIFT) build -c release --build-tests

demo: build ## Evaluate Datasets/adult-income and say where the scorecard lies
	$(BINARY) evaluate Datasets/adult-income/predictions.csv \
	  --config Datasets/adult-income/evenhand.yaml --output scorecard
	@echo "Open scorecard/scorecard.html in a browser."

test: build ## Run every test, as a release build
	$(SWIFT) test -c release --disable-testable-imports

coverage: setup ## Run the coverage study and write its table and figure (about 20 minutes)
	$(SWIFT) run -c release coverage-study --results Tests/CoverageStudy/results.jsonl \
	  --write Sources/Evenhand/Documentation.docc

lint: ## Check the format of all Swift files
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## Format all Swift files in place
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

docs: build ## Build the documentation from what the release build compiled
	.ci/document .build/release .build/documentation/Evenhand.doccarchive

reports: build ## Make the scorecards in Reports/ again
	$(REPRODUCIBLE) Reports/make $(BINARY) Reports

check-reports: build ## Compare the scorecards in Reports/ with freshly made ones
	$(REPRODUCIBLE) Reports/check $(BINARY)

interchange: build ## Read a report of gates with another library (python3 -m pip install junitparser)
	mkdir -p .build/interchange
	$(BINARY) gate --init health > .build/interchange/policy.yaml
	-$(BINARY) evaluate Datasets/adult-income/predictions.csv \
	  --config Datasets/adult-income/evenhand.yaml --gates .build/interchange/policy.yaml \
	  --junit .build/interchange/gates.xml --output .build/interchange --quiet
	python3 Tests/Interchange/junit.py .build/interchange/gates.xml .build/interchange/scorecard.json

screenshots: build ## Render the scorecard of adult-income in headless Chromium
	$(BINARY) evaluate Datasets/adult-income/predictions.csv \
	  --config Datasets/adult-income/evenhand.yaml --output .build/look --quiet
	Tests/Look/screenshots.sh .build/look/scorecard.html .build/look

bench: build ## Time kernels and engines, then the command on Adult and on a million rows
	EVENHAND_BENCHMARKS=1 $(SWIFT) package benchmark --scale
	Tests/Benchmarks/run $(BINARY)
	Tests/Benchmarks/candidates/run $(BINARY)
	Tests/Benchmarks/growth/run $(BINARY)

bench-peers: build ## Time the command and the reader beside fairlearn, NumPy, DuckDB, pyarrow and polars
	$(SWIFT) build -c release --product reading-benchmark
	Tests/Benchmarks/peers/run $(BINARY)
	Tests/Benchmarks/reading/run .build/release/reading-benchmark

install: setup ## Install the command under PREFIX (default /usr/local); the binary can be moved
	$(SWIFT) build -c release --product evenhand --static-swift-stdlib --scratch-path .build/static
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 .build/static/release/evenhand $(DESTDIR)$(PREFIX)/bin/evenhand

clean: ## Remove what was built
	rm -rf .build scorecard
