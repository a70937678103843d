"""A turn that leans on earlier ones becomes a question that can be understood alone. No language model."""

from assistant.conversation.carried import Carried, in_context
from assistant.conversation.condense import Standalone, standalone
from assistant.conversation.history import from_history
from assistant.conversation.repeats import shown_before
from assistant.conversation.state import ConversationState, Past

__all__ = [
    "Carried",
    "ConversationState",
    "Past",
    "Standalone",
    "from_history",
    "in_context",
    "shown_before",
    "standalone",
]
