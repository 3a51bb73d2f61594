"""What each command of `youju` does, one file per command; each has run(options) → exit status."""
