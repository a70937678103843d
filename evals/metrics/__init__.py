"""What is measured, one idea a module. ``data/metrics.toml`` says what each number means."""
