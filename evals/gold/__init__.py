"""Gold: questions with what a right answer holds, the texts they are about, and tools to write more."""
