# make warehouse: build, check and publish.    make test: everything that CI checks.
# Needs Python 3.11 or newer with pip, and make; everything else comes from the lock files.

.DEFAULT_GOAL := help
.PHONY: help warehouse test checks pytest spark lock audit bench clean each-check \
	check-lint check-format check-types check-yaml check-sql check-dbt

# Nothing here reports to anybody, and no tool fetches a Python of its own.
export DO_NOT_TRACK := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export GX_ANALYTICS_ENABLED := false
export UV_PYTHON_DOWNLOADS := never
# Certificates that the machine trusts, as pip does.
export UV_SYSTEM_CERTS := 1

PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
SWIFTLY := $(BIN)/python .ci/swiftly.py
# Tests that need the documents find them beside the repository, or are skipped.
DOCUMENTS := $(or $(XUEWEI_DOCUMENTS),$(wildcard $(abspath ../shared/documents)))
# What the tests read; dbt builds it before they begin.
BUILT := target/test/xuewei.duckdb
UV := $(BIN)/uv
LOCK := $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
	--python-version 3.11

# $(call step,NAME,COMMAND): one line with the seconds; what the command says, only if it fails.
define step
	@mkdir -p .cache; start=$$(date +%s); \
	if $(2) > .cache/$(1).log 2>&1; \
	then printf '%-12s %4d s\n' $(1) $$(($$(date +%s) - start)) | tee .cache/$(1).took; \
	else cat .cache/$(1).log; echo '$(1) failed'; exit 1; fi
endef

# $(call install,LOCK FILE[,PYTHON]): what is locked and nothing else, by uv or, where it fails, by
# pip.
define install
	@echo "installing $(1)"; \
	$(UV) pip install --quiet --python $(or $(2),$(BIN)/python) --require-hashes --no-deps \
		--compile-bytecode --requirement $(1) \
	|| { echo 'uv could not; pip tries'; $(or $(2),$(BIN)/python) -m pip install --quiet \
		--require-hashes --no-deps --requirement $(1); }
endef

help: ## show these lines
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 12

warehouse: .venv/warehouse-ready ## check the seeds, build aside, check, publish warehouse/xuewei.duckdb
	@$(BIN)/xuewei refresh

test: .venv/test-ready ## everything that CI checks; uses ../shared/documents where it exists
	@$(MAKE) --no-print-directory checks
	@$(MAKE) --no-print-directory pytest

spark: .cache/spark/ready ## the same models on Apache Spark: build, test, compare with DuckDB
	@.cache/spark/bin/xuewei spark build
	@.cache/spark/bin/xuewei spark compare

checks: .venv/test-ready ## what linters, the type checker and dbt say; the first half of make test
	@mkdir -p .cache && rm -f .cache/*.took && date +%s > .cache/begun
	@$(MAKE) --no-print-directory --jobs 2 --keep-going each-check

pytest: ## all tests, on the file that make checks has built; the second half of make test
	@begun=$$(date +%s) && XUEWEI_DOCUMENTS='$(DOCUMENTS)' XUEWEI_TEST_WAREHOUSE=$(BUILT) \
		$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder && \
	now=$$(date +%s) && printf '%-12s %4d s\n' pytest $$((now - begun)) > .cache/pytest.took && \
	printf '%-12s %4d s\n' 'all of it' $$((now - $$(cat .cache/begun))) | cat .cache/*.took -

# The longest alone on one side, all others on the other.
each-check: check-sql check-dbt check-types check-lint check-format check-yaml

check-lint:
	$(call step,ruff,$(BIN)/ruff check --quiet .)

check-format:
	$(call step,ruff-format,$(BIN)/ruff format --check --quiet .)

check-types:
	$(call step,mypy,$(BIN)/mypy)

check-yaml:
	$(call step,yamllint,$(BIN)/yamllint --strict .)

check-sql:
	$(call step,sqlfluff,$(SWIFTLY) sqlfluff lint --disable-progress-bar models tests/data)

# Its unit tests run in the real job of tests/refresh/test_command_line.py.
check-dbt:
	$(call step,dbt-build,rm -f $(BUILT) && mkdir -p $(dir $(BUILT)) && \
		$(SWIFTLY) dbt --quiet build --exclude-resource-type unit_test --log-level-file info \
		--profiles-dir .ci --target-path target/test --log-path target/test)
	$(call step,dbt-bouncer,COLUMNS=160 $(BIN)/dbt-bouncer run --config-file dbt-bouncer.yml)

lock: $(UV) ## resolve the lock files anew from pyproject.toml
	@$(LOCK) --upgrade --extra dev --extra sdmx --group build --output-file requirements-dev.lock pyproject.toml
	@$(LOCK) --constraint requirements-dev.lock --group build --output-file requirements.lock \
		pyproject.toml
	@$(LOCK) --constraint requirements-dev.lock --extra spark --group build --output-file requirements-spark.lock \
		pyproject.toml
	@echo uv | $(LOCK) --upgrade --output-file requirements-uv.lock -
	@! grep -nE '://|(^|[^a-z])/(home|root|work|Users)/' requirements*.lock

audit: .venv/warehouse-ready ## locks, hashes, installed files, licences; known faults if pip-audit is there
	@$(BIN)/python -m project.audit

bench: .venv/test-ready ## benchmarks, as ratios, medians of five
	@$(BIN)/python -m bench

clean: ## remove what make has set up; the warehouse stays
	rm -rf .venv .cache target logs .hypothesis

.venv/warehouse-ready: requirements.lock pyproject.toml | $(UV)
	$(call install,requirements.lock)
	@$(UV) pip install --quiet --python $(BIN)/python --offline --no-deps --no-build-isolation \
		--editable . \
	|| $(BIN)/python -m pip install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test-ready: requirements-dev.lock .venv/warehouse-ready
	$(call install,requirements-dev.lock)
	@touch $@

# Spark and its Java have an environment of their own: 600 MB, and great-expectations changes its
# ways where it finds pyspark.
.cache/spark/ready: requirements-spark.lock pyproject.toml | $(UV)
	@$(BIN)/python -m venv .cache/spark
	$(call install,requirements-spark.lock,.cache/spark/bin/python)
	@$(UV) pip install --quiet --python .cache/spark/bin/python --offline --no-deps \
		--no-build-isolation --editable . \
	|| .cache/spark/bin/python -m pip install --quiet --no-index --no-deps --no-build-isolation \
		--editable .
	@touch $@

# uv from the path where there is one, else the locked one.
$(UV): | $(BIN)/python
	@if command -v uv >/dev/null; then ln -s "$$(command -v uv)" $@; else \
		$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
			--no-deps --requirement requirements-uv.lock; fi

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer is needed: make PYTHON=/path/to/it'; exit 2; }
	@$(PYTHON) -m venv .venv
