"""What programs may ask and change: the same conversations and verbs as the web view, as JSON."""
