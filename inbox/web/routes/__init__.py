"""One file for each noun that the web view has addresses for."""
