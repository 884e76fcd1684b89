"""What a house lets happen by itself: conditions, actions, and which of them hold. Pure."""
