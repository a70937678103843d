"""From answers to numbers: a verdict on each, means by slice, two runs against each other."""
