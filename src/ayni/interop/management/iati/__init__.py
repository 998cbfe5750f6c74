"""The subcommands of ``./ayni iati``, a module each: ``add_arguments(parser)`` and ``run(command, options)``, which gives the exit code."""
