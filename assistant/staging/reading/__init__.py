"""Reading findings out of clinical prose: ``conversation.read_findings`` is the way in."""
