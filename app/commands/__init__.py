"""The subcommands of `shop`, one module each: `add_options(parser)` where it takes any, and `run(parsed) -> int`.

`app.cli` lists them by hand and imports only the one that is asked for, so that each starts as quickly as it can.
"""
