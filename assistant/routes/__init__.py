"""HTTP: JSON into arguments, answers into JSON, and nothing else. One file a group of routes."""
