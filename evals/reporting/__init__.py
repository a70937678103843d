"""What a run looks like: one HTML file without network, JSON, CSV."""
