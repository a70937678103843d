"""Red flags: a message that tells of an emergency is answered with what to do about it first."""

from assistant.safety.detector import red_flags
from assistant.safety.types import Alarm, Level
from assistant.safety.urgent import with_alarms

__all__ = ["Alarm", "Level", "red_flags", "with_alarms"]
