"""The ``myeloma`` command."""
