"""Files that people upload and take away: judged before they are read, read as plain cells, written with every text a text."""
