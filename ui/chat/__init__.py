"""The chat: questions and answers as turns, and the source of the citation that is open beside them."""
