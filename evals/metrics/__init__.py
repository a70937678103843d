"""What is measured, one idea a module. ``metrics.toml`` says what each number means."""
