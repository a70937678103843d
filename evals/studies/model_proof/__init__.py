"""What verification costs a language model that is right, and stops of one that is wrong."""
