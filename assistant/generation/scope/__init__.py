"""What is no question for the documents: greetings, talk, attempts to turn the assistant, things nobody may be told."""
