"""One verb of the `lc` command per file: `configure(parser)` and `run(arguments) -> int`."""
