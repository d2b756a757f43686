"""From what somebody typed or pasted to an entry."""
