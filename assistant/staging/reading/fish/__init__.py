"""Reading FISH reports: ``report.fish_mentions`` is the way in."""
