"""The scheduled job: build aside, check, publish by one rename, keep versions and a history."""
