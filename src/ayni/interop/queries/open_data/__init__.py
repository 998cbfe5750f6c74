"""What anybody may read, as plain rows: the resources of the API and of the files."""
