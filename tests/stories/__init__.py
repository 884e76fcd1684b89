"""What people do, told of every mail program over real SMTP."""
