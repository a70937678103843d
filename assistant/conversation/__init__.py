"""A turn that leans on earlier ones becomes a question that can be understood alone. No language model."""

from assistant.conversation.condense import Standalone, about_last_topic, standalone
from assistant.conversation.history import from_history
from assistant.conversation.repeats import shown_before
from assistant.conversation.state import ConversationState, Past

__all__ = [
    "ConversationState",
    "Past",
    "Standalone",
    "about_last_topic",
    "from_history",
    "shown_before",
    "standalone",
]
