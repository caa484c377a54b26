"""What is checked of every answer before it is shown."""
