"""What a chat model is told, how it is reached, and how its reply is read."""
