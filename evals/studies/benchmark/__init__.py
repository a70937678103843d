"""One document, its gold questions, and plain retrieval pipelines beside the assistant."""
