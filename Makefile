# Each target is a script of the same name in scripts/, for machines without make.
.PHONY: help run test lint bench fuzz screenshots messages lock

help:
	@echo "make run          the service with a demonstration company (needs Python 3.11 or newer)"
	@echo "make test         every check and test, from nothing"
	@echo "make lint         the checks that only read"
	@echo "make bench        how fast it is"
	@echo "make fuzz         mangled mails through all that reads mail (SECONDS=600, Linux)"
	@echo "make screenshots  the pictures of the documentation"
	@echo "make messages     bring the translations up to date"
	@echo "make lock         pin the packages anew (needs uv)"

run:
	@scripts/run

test:
	@scripts/test

lint:
	@scripts/lint

bench:
	@scripts/bench

fuzz:
	@scripts/fuzz $(SECONDS)

screenshots:
	@scripts/screenshots

messages:
	@scripts/setup test && .venv/bin/python -m scripts.messages

lock:
	@scripts/lock
