"""What every HTTP shell of ours shares: who asks, what they may, limits, headers, errors, news."""
