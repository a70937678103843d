"""What is looked at before a message is answered: red flags, identifiers, scope, small talk."""
