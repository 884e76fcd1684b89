"""By when something is due: business hours, targets, deadlines. Pure."""
