# Every target is a script of the same name; read that to see what happens.
.PHONY: run test check bench package types

run: ## install what is missing, build, open the app
	@scripts/run.sh
test: ## install what is missing, then everything: format, lints, core, app, interface, end to end
	@scripts/test.sh
check: ## the fast half of `make test`, for every commit
	@scripts/check.sh
bench: ## figures that matter to a person: start, first list, size
	@scripts/bench.sh
package: ## a .deb that handles posthog-code:// links
	@scripts/package.sh
types: ## write the interface's types from the core's, after a change of commands or views
	@HEDGEROW_WRITE_TYPES=1 cargo test --locked -p hedgerow-core --lib types_of_the_window
