"""The documents: what there is, as pages to read; adding and removing one in the background."""
