"""The proof that the checks notice: good answers spoilt in known ways."""
